package io.penstock.core.state;

/** Tells of nearly all hashes that were not noted that they were not. Single-threaded. */
final class KeyFilter {
  private static final int BITS_A_KEY = 10;
  private static final int PROBES = 6;
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final long MOST_WORDS = 1 << 27;

  private final long[] words;

  /**
   * A filter.
   *
   * @param count how many keys are noted at most
   */
  KeyFilter(long count) {
    this.words = new long[(int) Math.min(MOST_WORDS, count * BITS_A_KEY / Long.SIZE + 1)];
  }

  void note(int hash) {
    long mixed = hash * MIX;
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(mixed, i);
      words[bit >>> 6] |= 1L << bit;
    }
  }

  boolean mayHave(int hash) {
    long mixed = hash * MIX;
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(mixed, i);
      if ((words[bit >>> 6] >>> bit & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  private int bit(long mixed, int probe) {
    long spread = (mixed >>> 32) + probe * (mixed & 0xffffffffL | 1) & 0xffffffffL;
    return (int) (spread * (words.length * (long) Long.SIZE) >>> 32);
  }

  /** How many bytes of memory it takes. */
  long bytes() {
    return 8L * words.length;
  }
}
