package io.penstock.core.operator;

import io.penstock.api.data.Provenance;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Operation;

/**
 * Keeps a share of the rows. Each draws a number of its own by its source, split, position and
 * index, so it is the same rows in every run and however they are read.
 */
final class SampleStep implements RowStep {
  private static final double UNIT = 0x1p-53;

  private final double share;
  private final long seed;

  SampleStep(Operation.Sample sample) {
    this.share = sample.share().of1();
    this.seed = sample.seed();
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    Provenance from = in.rows().provenance();
    long place = mixed(mixed(seed + text(from.source())) + text(from.split()));
    int[] kept = new int[in.size()];
    int count = 0;
    for (int row = 0; row < in.size(); row++) {
      long drawn = mixed(mixed(place + from.position(row)) + from.index(row));
      if ((drawn >>> 11) * UNIT < share) {
        kept[count++] = row;
      }
    }
    return count == in.size() ? in : in.gather(kept, count);
  }

  /** A number of a text, the same in every Java. */
  private static long text(String text) {
    long number = text.length();
    for (int i = 0; i < text.length(); i++) {
      number = number * 31 + text.charAt(i);
    }
    return number;
  }

  /** Spreads the bits: numbers next to each other come far apart. */
  private static long mixed(long value) {
    long bits = value + 0x9e3779b97f4a7c15L;
    bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
    return bits ^ bits >>> 31;
  }
}
