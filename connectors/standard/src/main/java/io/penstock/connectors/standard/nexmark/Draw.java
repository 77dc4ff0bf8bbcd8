package io.penstock.connectors.standard.nexmark;

/**
 * Numbers that look random and follow from a seed, an event and what is drawn for it, so that each
 * can be drawn alone and again. Mixed as in SplitMix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, 2014). Other events come of another order of these, so new ones
 * stand behind.
 */
enum Draw {
  FIRST_NAME,
  LAST_NAME,
  EMAIL,
  CARD,
  CITY,
  STATE,
  ITEM_LENGTH,
  ITEM,
  DESCRIPTION_LENGTH,
  DESCRIPTION,
  FIRST_PRICE,
  RESERVE,
  EXPIRY,
  IS_HOT_SELLER,
  SELLER,
  CATEGORY,
  IS_HOT_AUCTION,
  AUCTION,
  IS_HOT_BIDDER,
  BIDDER,
  PRICE,
  CHANNEL,
  EXTRA_LENGTH,
  EXTRA,
  LETTERS,
  URL;

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long OTHER_GAMMA = 0xD1B54A32D192ED03L;

  /** What all draws for one event begin from. */
  static long key(long seed, long number) {
    return keyFrom(start(seed), number);
  }

  /** What the keys of all events begin from. */
  static long start(long seed) {
    return mixed(seed + GAMMA);
  }

  static long keyFrom(long start, long number) {
    return mixed(start + number * GAMMA);
  }

  /** 64 bits. */
  long bits(long key) {
    return mixed(key + (ordinal() + 1) * OTHER_GAMMA);
  }

  /** From 0 to bound - 1. */
  int below(int bound, long key) {
    return below(bits(key), bound);
  }

  /** From 0 to bound - 1, out of the upper half of 64 bits. */
  static int below(long bits, int bound) {
    return (int) ((bits >>> 32) * bound >>> 32);
  }

  static long mixed(long from) {
    long z = from;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
