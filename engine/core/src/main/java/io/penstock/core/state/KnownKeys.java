package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Spilled keys that can be asked for. Keys begin with four bytes of a hash, by which they are
 * found: a filter in memory tells of nearly all others that they are not there, and where each
 * block begins. Single-threaded.
 */
public final class KnownKeys implements AutoCloseable {
  /**
   * Each question reads one block, which is hardly ever the one before, checks all of it and looks
   * through it; so blocks are small. Where they begin takes 12 bytes of memory for each.
   */
  private static final int BLOCK = 1 << 10;

  private final SpillFolder spill;
  private final List<Run> runs = new ArrayList<>();

  public KnownKeys(SpillFolder spill) {
    this.spill = spill;
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many bytes of memory it takes. */
  public long bytes() {
    long sum = 0;
    for (Run run : runs) {
      sum += 8L * run.filter.length + 12L * run.firsts.length + 2 * BLOCK;
    }
    return sum;
  }

  /**
   * Adds keys in order; the entries are closed.
   *
   * @param count how many there are
   * @param fresh whether no snapshot has them yet
   */
  public void add(Entries keys, long count, boolean fresh) throws IOException {
    runs.add(write(keys, count, fresh));
    List<Run> alike = runs.stream().filter(run -> run.fresh == fresh).toList();
    if (alike.size() > SortedRuns.MOST_OPEN) {
      long sum = alike.stream().mapToLong(run -> run.file.entries()).sum();
      Run merged = write(new MergedEntries(entries(alike)), sum, fresh);
      runs.removeAll(alike);
      runs.add(merged);
      for (Run run : alike) {
        delete(run);
      }
    }
  }

  private Run write(Entries keys, long count, boolean fresh) throws IOException {
    Run run = new Run(count, fresh);
    run.file = spill.write((to, blocks) -> run.write(keys, to, blocks));
    return run;
  }

  private List<Entries> entries(List<Run> of) throws IOException {
    List<Entries> open = new ArrayList<>();
    for (Run run : of) {
      open.add(new RunEntries(spill.open(run.file)));
    }
    return open;
  }

  /** The keys that no snapshot has yet, in order run by run. */
  public List<Entries> fresh() throws IOException {
    return entries(runs.stream().filter(run -> run.fresh).toList());
  }

  /** How many bytes these have in their files. */
  public long freshBytes() {
    return runs.stream().filter(run -> run.fresh).mapToLong(run -> run.file.length()).sum();
  }

  /** A snapshot has all keys. */
  public void settled() {
    runs.forEach(run -> run.fresh = false);
  }

  /** Whether a key is there. */
  public boolean has(byte[] key, int length) throws IOException {
    int hash = hash(key);
    for (Run run : runs) {
      if (run.mayHave(hash) && run.has(spill, hash, key, length)) {
        return true;
      }
    }
    return false;
  }

  private static int hash(byte[] key) {
    return (int) BlockOutput.INTS.get(key, 0);
  }

  private void delete(Run run) throws IOException {
    if (run.reading.isPresent()) {
      spill.close(run.reading.get());
    }
    spill.delete(run.file);
  }

  @Override
  public void close() throws IOException {
    for (Run run : runs) {
      delete(run);
    }
    runs.clear();
  }

  /** One run of keys. */
  private static final class Run {
    private static final int BITS_A_KEY = 10;
    private static final int PROBES = 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long[] filter;
    private boolean fresh;
    private int[] firsts = new int[16];
    private long[] offsets = new long[17];
    private int blocks;
    private Segment.InFile file = new Segment.InFile("", 0, 0, 0);
    private java.util.Optional<Disk.Reading> reading = java.util.Optional.empty();
    private byte[] packed = new byte[BLOCK];
    private byte[] block = new byte[BLOCK];
    private final CRC32C crc = new CRC32C();
    private int blockLength;
    private int loaded = -1;

    Run(long count, boolean fresh) {
      this.filter = new long[(int) Math.min(1 << 27, count * BITS_A_KEY / Long.SIZE + 1)];
      this.fresh = fresh;
    }

    long write(Entries keys, StateOutput to, BlockOutput target) throws IOException {
      EntryOutput output = new EntryOutput(to);
      long begun = 0;
      try (keys) {
        while (keys.next()) {
          int hash = hash(keys.key());
          if (output.count() == 0 || to.length() - begun >= BLOCK) {
            to.flush();
            begun = to.length();
            begin(hash, target.length());
          }
          note(hash);
          output.add(keys.key(), keys.keyLength(), keys.value(), 0);
        }
      }
      to.flush();
      offsets[blocks] = target.length();
      return output.count();
    }

    private void begin(int hash, long offset) {
      if (blocks == firsts.length) {
        firsts = Arrays.copyOf(firsts, blocks * 2);
        offsets = Arrays.copyOf(offsets, blocks * 2 + 1);
      }
      firsts[blocks] = order(hash);
      offsets[blocks++] = offset;
    }

    /** A hash as a number whose signed order is that of the bytes. */
    private static int order(int hash) {
      return Integer.reverseBytes(hash) ^ 1 << 31;
    }

    private void note(int hash) {
      long mixed = hash * MIX;
      for (int i = 0; i < PROBES; i++) {
        int bit = bit(mixed, i);
        filter[bit >>> 6] |= 1L << bit;
      }
    }

    boolean mayHave(int hash) {
      long mixed = hash * MIX;
      for (int i = 0; i < PROBES; i++) {
        int bit = bit(mixed, i);
        if ((filter[bit >>> 6] >>> bit & 1) == 0) {
          return false;
        }
      }
      return true;
    }

    private int bit(long mixed, int probe) {
      long spread = (mixed >>> 32) + probe * (mixed & 0xffffffffL | 1) & 0xffffffffL;
      return (int) (spread * (filter.length * (long) Long.SIZE) >>> 32);
    }

    boolean has(SpillFolder spill, int hash, byte[] key, int length) throws IOException {
      int wanted = order(hash);
      int from = Arrays.binarySearch(firsts, 0, blocks, wanted);
      int at = from < 0 ? -from - 2 : from;
      // Keys of one hash may lie in several blocks.
      while (at > 0 && firsts[at] == wanted) {
        at--;
      }
      for (int i = Math.max(0, at); i < blocks && firsts[i] <= wanted; i++) {
        load(spill, i);
        if (isInBlock(wanted, key, length)) {
          return true;
        }
      }
      return false;
    }

    private boolean isInBlock(int wanted, byte[] key, int length) {
      int at = 0;
      while (at < blockLength) {
        int keyLength = 0;
        int shift = 0;
        int next;
        do {
          next = block[at++] & 0xff;
          keyLength |= (next & 0x7f) << shift;
          shift += 7;
        } while (next >= 0x80);
        keyLength >>>= 1;
        if (keyLength == length && Arrays.equals(block, at, at + length, key, 0, length)) {
          return true;
        }
        if (order((int) BlockOutput.INTS.get(block, at)) > wanted) {
          return false;
        }
        // The value is empty: one byte tells.
        at += keyLength + 1;
      }
      return false;
    }

    private void load(SpillFolder spill, int index) throws IOException {
      if (loaded == index) {
        return;
      }
      if (reading.isEmpty()) {
        reading = java.util.Optional.of(spill.read(file));
      }
      loaded = -1;
      blockLength = 0;
      long begin = offsets[index];
      int length = Math.toIntExact(offsets[index + 1] - begin);
      if (packed.length < length) {
        packed = new byte[length];
        block = new byte[length];
      }
      fill(begin, packed, 0, length);
      for (int at = 0; at < length; ) {
        at += unpack(begin, at, length);
      }
      loaded = index;
    }

    /** Checks one piece and puts its bytes behind those before; how long it was. */
    private int unpack(long begin, int at, int length) throws IOException {
      int header = BlockOutput.HEADER;
      if (length - at < header) {
        throw new DamagedException("`" + file.name() + "` ends at " + (begin + length));
      }
      int count = (int) BlockOutput.INTS.get(packed, at);
      int taken = Math.max(0, Math.min(length - at - header, count));
      crc.reset();
      crc.update(packed, at, Integer.BYTES);
      crc.update(packed, at + header, taken);
      int expected = (int) BlockOutput.INTS.get(packed, at + Integer.BYTES);
      if ((int) crc.getValue() != expected || taken != count || count == 0) {
        throw DamagedException.at(file.name(), begin + at, expected, (int) crc.getValue());
      }
      System.arraycopy(packed, at + header, block, blockLength, taken);
      blockLength += taken;
      return header + taken;
    }

    private void fill(long position, byte[] into, int offset, int count) throws IOException {
      int filled = 0;
      while (filled < count) {
        int got =
            reading.orElseThrow().read(position + filled, into, offset + filled, count - filled);
        if (got <= 0) {
          throw new DamagedException("`" + file.name() + "` ends at " + (position + filled));
        }
        filled += got;
      }
    }
  }
}
