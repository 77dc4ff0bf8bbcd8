package io.penstock.connectors.standard.compression;

import io.penstock.api.problem.ProblemCode;

/** The limit against files that are small and unpack to no end. */
final class Expansion {
  private static final int MOST = 1000;
  private static final long FREE = 64L << 20;

  private Expansion() {}

  static void check(long packed, long unpacked) throws DamagedException {
    if (unpacked > FREE && unpacked / MOST > packed) {
      throw new DamagedException(
          ProblemCode.D107,
          "the compressed bytes unpack to more than " + MOST + " times their size");
    }
  }
}
