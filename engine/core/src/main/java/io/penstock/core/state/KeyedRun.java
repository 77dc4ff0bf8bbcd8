package io.penstock.core.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A spilled run of entries in which one can look for a key. Keys begin with four bytes of a hash: a
 * filter in memory tells of nearly all others that they are not there, and where each block begins.
 * It has one place, to which one goes and from which one reads on or back. Single-threaded.
 */
public final class KeyedRun implements AutoCloseable {
  private final SpillFolder spill;
  private final KeyFilter filter;
  private final Segment.InFile file;
  private final RunBlock block;
  // The hash with which each block begins, and where it does; behind the last one the end.
  private int[] firsts = new int[4];
  private long[] offsets = new long[5];
  private int blocks;
  private int at;
  private int entry;

  private KeyedRun(SpillFolder spill, Entries sorted, long most, int blockBytes)
      throws IOException {
    this.spill = spill;
    this.filter = new KeyFilter(most);
    this.file = spill.write((to, target) -> write(sorted, blockBytes, to, target));
    this.block = new RunBlock(spill, file);
  }

  /**
   * Writes a run; the entries are closed.
   *
   * @param most how many entries there are at most
   * @param blockBytes about how many bytes are read and looked through for each question; where
   *     blocks begin takes 12 bytes of memory for each
   */
  static KeyedRun of(SpillFolder spill, Entries sorted, long most, int blockBytes)
      throws IOException {
    return new KeyedRun(spill, sorted, most, blockBytes);
  }

  private long write(Entries sorted, int blockBytes, StateOutput to, BlockOutput target)
      throws IOException {
    EntryOutput output = new EntryOutput(to);
    long begun = 0;
    try (sorted) {
      while (sorted.next()) {
        int hash = hash(sorted.key());
        if (output.count() == 0 || to.length() - begun >= blockBytes) {
          to.flush();
          begun = to.length();
          begin(hash, target.length());
        }
        filter.note(hash);
        output.add(sorted.key(), sorted.keyLength(), sorted.value(), sorted.valueLength());
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

  private static int hash(byte[] key) {
    return (int) BlockOutput.INTS.get(key, 0);
  }

  /** A hash as a number whose signed order is that of the bytes. */
  private static int order(int hash) {
    return Integer.reverseBytes(hash) ^ 1 << 31;
  }

  /** How many entries it has. */
  public long count() {
    return file.entries();
  }

  /** How many bytes its file has. */
  public long length() {
    return file.length();
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return marks() + block.held();
  }

  /** How many of these it takes even where nobody looks for anything. */
  long marks() {
    return filter.bytes() + 12L * firsts.length;
  }

  /** Whether a key that begins as this one may be there; nearly never wrongly so. */
  public boolean mayHave(byte[] key) {
    return filter.mayHave(hash(key));
  }

  /** Whether a key is there. */
  boolean has(byte[] key, int length) throws IOException {
    return mayHave(key) && seek(key, length) && block.compare(entry, key, length) == 0;
  }

  /** Goes to the first entry whose key is not before these bytes; false where there is none. */
  public boolean seek(byte[] key, int length) throws IOException {
    if (blocks == 0) {
      return false;
    }
    int wanted = order(hash(key));
    // The first block that may have it begins before the hash; of those that begin with it, the
    // last one that begins before the key is looked for.
    int low = Math.max(0, before(wanted));
    int high = low + 1 < blocks && firsts[low + 1] <= wanted ? upTo(wanted) : low;
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      load(middle);
      if (block.compare(0, key, length) < 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    load(low);
    entry = block.atLeast(key, length);
    return entry < block.entries() || next();
  }

  /** The last block that begins before a hash; below zero for none. */
  private int before(int wanted) {
    int low = 0;
    int high = blocks;
    while (low < high) {
      int middle = low + high >>> 1;
      if (firsts[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private int upTo(int wanted) {
    return wanted == Integer.MAX_VALUE ? blocks - 1 : before(wanted + 1);
  }

  private void load(int index) throws IOException {
    block.load(offsets[index], offsets[index + 1]);
    at = index;
  }

  /** Goes to the next entry; false at the end. */
  public boolean next() throws IOException {
    entry++;
    while (entry >= block.entries()) {
      if (at + 1 >= blocks) {
        return false;
      }
      load(at + 1);
      entry = 0;
    }
    return true;
  }

  /** Goes to the entry before; false at the begin. */
  public boolean previous() throws IOException {
    if (entry > 0) {
      entry--;
      return true;
    }
    if (at == 0) {
      return false;
    }
    load(at - 1);
    entry = block.entries() - 1;
    return true;
  }

  /** Goes to the last entry; false where there is none. */
  public boolean last() throws IOException {
    if (blocks == 0) {
      return false;
    }
    load(blocks - 1);
    entry = block.entries() - 1;
    return true;
  }

  /** Where the bytes of the entry are, its key and its value; good until it goes elsewhere. */
  public byte[] array() {
    return block.bytes();
  }

  public int keyFrom() {
    return block.keyFrom(entry);
  }

  public int keyLength() {
    return block.keyLength(entry);
  }

  public int valueFrom() {
    return block.valueFrom(entry);
  }

  public int valueLength() {
    return block.valueLength(entry);
  }

  /** Whether the entry's key begins with these bytes. */
  public boolean beginsWith(byte[] start, int length) {
    int from = keyFrom();
    return keyLength() >= length && Arrays.equals(array(), from, from + length, start, 0, length);
  }

  /** All entries in order, to be closed; its place stays. */
  public Entries entries() throws IOException {
    return new RunEntries(spill.open(file));
  }

  /** The entries of several runs, oldest first, as one in order; to be closed. */
  static Entries merged(List<KeyedRun> runs) throws IOException {
    List<Entries> open = new ArrayList<>();
    try {
      for (KeyedRun run : runs) {
        open.add(run.entries());
      }
    } catch (IOException e) {
      MergedEntries.closeAll(open);
      throw e;
    }
    return new MergedEntries(open);
  }

  /** Deletes it. */
  @Override
  public void close() throws IOException {
    block.close();
    spill.delete(file);
  }
}
