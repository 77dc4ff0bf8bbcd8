package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes bytes to a file in blocks: four bytes of length, four of CRC32C over length and content,
 * the content. What one call writes begins a block. Single-threaded.
 */
final class BlockOutput implements StateOutput.Target {
  /** Length and checksum before the bytes of a block. */
  static final int HEADER = 8;

  /** How many bytes a block has at most, without its header. */
  static final int MOST = 64 << 10;

  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Disk.Writing file;
  private final CRC32C whole = new CRC32C();
  private final CRC32C part = new CRC32C();
  private final byte[] header = new byte[HEADER];

  BlockOutput(Disk.Writing file) {
    this.file = file;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    for (int at = offset; at < offset + count; at += MOST) {
      block(bytes, at, Math.min(MOST, offset + count - at));
    }
  }

  private void block(byte[] bytes, int offset, int count) throws IOException {
    INTS.set(header, 0, count);
    part.reset();
    part.update(header, 0, Integer.BYTES);
    part.update(bytes, offset, count);
    INTS.set(header, Integer.BYTES, (int) part.getValue());
    whole.update(header, 0, HEADER);
    whole.update(bytes, offset, count);
    file.write(header, 0, HEADER);
    file.write(bytes, offset, count);
  }

  /** How many bytes the file has. */
  long length() {
    return file.length();
  }

  /** CRC32C of all bytes of the file. */
  int checksum() {
    return (int) whole.getValue();
  }
}
