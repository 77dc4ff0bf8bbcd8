package io.penstock.connectors.standard.nexmark;

/**
 * Prices of 1 to a million, in cents, of which there are as many in each tenfold. Between the steps
 * of a table they lie on a line, which is wrong by less than two millionths and the same on every
 * machine. Immutable.
 */
final class Prices {
  private static final int STEPS = 4096;
  private static final int BITS_OF_A_STEP = 52;
  private static final double DECADES = 6;
  private static final double CENTS = 100;

  private final double[] table = new double[STEPS + 1];

  Prices() {
    for (int i = 0; i <= STEPS; i++) {
      table[i] = StrictMath.pow(10, DECADES * i / STEPS) * CENTS;
    }
  }

  /** The price that 64 random bits stand for, from 100 to 100,000,000 cents. */
  long of(long bits) {
    int step = (int) (bits >>> BITS_OF_A_STEP);
    double within = (bits & (1L << BITS_OF_A_STEP) - 1) / (double) (1L << BITS_OF_A_STEP);
    return Math.round(table[step] + (table[step + 1] - table[step]) * within);
  }
}
