package io.penstock.connectors.standard.nexmark;

/**
 * Letters out of which the texts of events are cut: a text is a slice, so that making it copies
 * nothing. Immutable.
 */
final class Letters {
  private static final int SIZE = 1 << 16;
  private static final int ALPHABET = 26;

  private final byte[] bytes;
  private final int longest;

  private Letters(byte[] bytes, int longest) {
    this.bytes = bytes;
    this.longest = longest;
  }

  /**
   * Small letters.
   *
   * @param longest how long a text may be
   * @param blanks how many letters there are to a blank; 0 for no blanks
   */
  static Letters of(long seed, int longest, int blanks) {
    byte[] bytes = new byte[SIZE + longest];
    for (int i = 0; i < bytes.length; i++) {
      long key = Draw.key(seed, i);
      boolean blank = blanks > 0 && Draw.EXTRA.below(blanks, key) == 0;
      bytes[i] = (byte) (blank ? ' ' : 'a' + Draw.LETTERS.below(ALPHABET, key));
    }
    return new Letters(bytes, longest);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where a text begins for which these 64 bits were drawn. */
  int at(long bits) {
    return Draw.below(bits, bytes.length - longest);
  }
}
