package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One block of a run of entries at a time, read at its place and checked whole before any of it is
 * given. Single-threaded.
 */
final class RunBlock implements AutoCloseable {
  private final SpillFolder spill;
  private final Segment.InFile file;
  private final CRC32C crc = new CRC32C();
  private Optional<Disk.Reading> reading = Optional.empty();
  private byte[] block = new byte[0];
  private int length;
  private long loaded = -1;
  // Where each key and each value begins and how long it is, four numbers for an entry.
  private int[] places = new int[16];
  private int entries;

  RunBlock(SpillFolder spill, Segment.InFile file) {
    this.spill = spill;
    this.file = file;
  }

  /** Reads the block from one place in the file to another, unless it is at hand. */
  void load(long begin, long end) throws IOException {
    if (loaded == begin) {
      return;
    }
    if (reading.isEmpty()) {
      reading = Optional.of(spill.read(file));
    }
    loaded = -1;
    length = 0;
    int count = Math.toIntExact(end - begin);
    if (block.length < count) {
      block = new byte[count];
    }
    fill(begin, count);
    for (int at = 0; at < count; ) {
      at += unpack(begin, at, count);
    }
    part(begin);
    loaded = begin;
  }

  private void fill(long position, int count) throws IOException {
    int filled = 0;
    while (filled < count) {
      int got = reading.orElseThrow().read(position + filled, block, filled, count - filled);
      if (got <= 0) {
        throw new DamagedException("`" + file.name() + "` ends at " + (position + filled));
      }
      filled += got;
    }
  }

  /** Checks one piece and moves its bytes behind those before; how long it was. */
  private int unpack(long begin, int at, int whole) throws IOException {
    int header = BlockOutput.HEADER;
    if (whole - at < header) {
      throw new DamagedException("`" + file.name() + "` ends at " + (begin + whole));
    }
    int count = (int) BlockOutput.INTS.get(block, at);
    int taken = Math.max(0, Math.min(whole - at - header, count));
    crc.reset();
    crc.update(block, at, Integer.BYTES);
    crc.update(block, at + header, taken);
    int expected = (int) BlockOutput.INTS.get(block, at + Integer.BYTES);
    if ((int) crc.getValue() != expected || taken != count || count == 0) {
      throw DamagedException.at(file.name(), begin + at, expected, (int) crc.getValue());
    }
    System.arraycopy(block, at + header, block, length, taken);
    length += taken;
    return header + taken;
  }

  private void part(long begin) throws DamagedException {
    entries = 0;
    for (int at = 0; at < length; ) {
      if (4 * entries == places.length) {
        places = Arrays.copyOf(places, places.length * 2);
      }
      at = part(part(at, 4 * entries), 4 * entries + 2);
      if (at < 0) {
        throw new DamagedException("`" + file.name() + "` has no entries at " + begin);
      }
      entries++;
    }
  }

  /** Notes where the bytes at this place lie; where what follows them begins. */
  private int part(int from, int place) {
    int at = from;
    int count = 0;
    int shift = 0;
    int next = 0x80;
    while (next >= 0x80 && shift < Integer.SIZE && at >= 0 && at < length) {
      next = block[at++] & 0xff;
      count |= (next & 0x7f) << shift;
      shift += 7;
    }
    count >>>= 1;
    if (next >= 0x80 || count > length - at) {
      return -1;
    }
    places[place] = at;
    places[place + 1] = count;
    return at + count;
  }

  /** How many bytes of memory it takes. */
  long held() {
    return block.length + 4L * places.length;
  }

  int entries() {
    return entries;
  }

  /** Where the bytes of the entries are. */
  byte[] bytes() {
    return block;
  }

  int keyFrom(int entry) {
    return places[4 * entry];
  }

  int keyLength(int entry) {
    return places[4 * entry + 1];
  }

  int valueFrom(int entry) {
    return places[4 * entry + 2];
  }

  int valueLength(int entry) {
    return places[4 * entry + 3];
  }

  /** The order of an entry's key and these bytes. */
  int compare(int entry, byte[] key, int count) {
    int from = keyFrom(entry);
    return Arrays.compareUnsigned(block, from, from + keyLength(entry), key, 0, count);
  }

  /** The first entry whose key is not before these bytes. */
  int atLeast(byte[] key, int count) {
    int low = 0;
    int high = entries;
    while (low < high) {
      int middle = low + high >>> 1;
      if (compare(middle, key, count) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void close() throws IOException {
    if (reading.isPresent()) {
      spill.close(reading.get());
      reading = Optional.empty();
    }
    loaded = -1;
  }
}
