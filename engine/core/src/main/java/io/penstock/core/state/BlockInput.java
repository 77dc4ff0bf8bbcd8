package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads what {@link BlockOutput} has written. A block is checked before any of its bytes is handed
 * out, the whole file at its end. Single-threaded.
 */
final class BlockInput implements StateInput.Origin {
  private final Disk.Reading file;
  private final Segment.InFile segment;
  private final CRC32C whole = new CRC32C();
  private final CRC32C part = new CRC32C();
  private final byte[] header = new byte[BlockOutput.HEADER];
  private byte[] block = new byte[0];
  private int at;
  private int end;
  private long position;

  private BlockInput(Disk.Reading file, Segment.InFile segment) {
    this.file = file;
    this.segment = segment;
  }

  /** Opens a file from its start. A missing one is damaged too. */
  static StateInput open(Disk disk, Path folder, Segment.InFile segment) throws IOException {
    Path path = folder.resolve(segment.name());
    if (disk.entry(path).isEmpty()) {
      throw new DamagedException(
          "`%s` is missing: it had %d bytes with the CRC32C %08x"
              .formatted(segment.name(), segment.length(), segment.checksum()));
    }
    Disk.Reading file = disk.read(path);
    try {
      BlockInput input = new BlockInput(file, segment);
      input.checkLength();
      return new StateInput(input);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void checkLength() throws IOException {
    long length = file.length();
    if (length == segment.length()) {
      return;
    }
    byte[] bytes = new byte[BlockOutput.MOST];
    CRC32C found = new CRC32C();
    for (long from = 0; from < length; ) {
      int count = file.read(from, bytes, 0, bytes.length);
      if (count <= 0) {
        break;
      }
      found.update(bytes, 0, count);
      from += count;
    }
    throw DamagedException.length(segment, length, (int) found.getValue());
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (at == end && !next()) {
      return -1;
    }
    int given = Math.min(count, end - at);
    System.arraycopy(block, at, into, offset, given);
    at += given;
    return given;
  }

  private boolean next() throws IOException {
    long left = segment.length() - position;
    if (left == 0) {
      if ((int) whole.getValue() != segment.checksum()) {
        throw DamagedException.at(segment.name(), 0, segment.checksum(), (int) whole.getValue());
      }
      return false;
    }
    long start = position;
    int head = (int) Math.min(left, header.length);
    fill(header, head);
    int length = (int) BlockOutput.INTS.get(header, 0);
    // A length that cannot be is a flipped one; the checksum, which covers it, tells.
    long most = Math.min(BlockOutput.MOST, left - head);
    end = length < 0 || length > most ? (int) most : length;
    at = 0;
    if (block.length < end) {
      block = new byte[end];
    }
    fill(block, end);
    part.reset();
    part.update(header, 0, Integer.BYTES);
    part.update(block, 0, end);
    int expected = (int) BlockOutput.INTS.get(header, Integer.BYTES);
    if ((int) part.getValue() != expected || end != length || end == 0) {
      throw DamagedException.at(segment.name(), start, expected, (int) part.getValue());
    }
    whole.update(header, 0, head);
    whole.update(block, 0, end);
    return true;
  }

  private void fill(byte[] into, int count) throws IOException {
    int filled = 0;
    while (filled < count) {
      int got = file.read(position, into, filled, count - filled);
      if (got <= 0) {
        throw DamagedException.length(segment, position, (int) whole.getValue());
      }
      filled += got;
      position += got;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
