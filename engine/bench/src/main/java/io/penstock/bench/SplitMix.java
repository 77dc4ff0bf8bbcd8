package io.penstock.bench;

/**
 * Numbers that look random and follow from a seed alone: SplitMix64 (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, 2014). Single-threaded.
 */
final class SplitMix {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  /** Begins again, with the numbers of another seed; neighbours have nothing in common. */
  void seed(long seed) {
    state = mixed(seed);
  }

  long next() {
    state += GAMMA;
    return mixed(state);
  }

  private static long mixed(long from) {
    long z = from;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to bound - 1. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }
}
