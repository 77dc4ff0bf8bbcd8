package io.penstock.testkit.simulation;

import java.util.Random;

/** Chance by a seed, such that seeds next to each other begin differently. */
public final class Chance {
  private Chance() {}

  /** The chance of a seed and a use of it. */
  public static Random of(long seed, int use) {
    long mixed = seed * 0x9E3779B97F4A7C15L + use * 0xD1B54A32D192ED03L + 1;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return new Random(mixed ^ (mixed >>> 31));
  }
}
