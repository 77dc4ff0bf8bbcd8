package io.penstock.testkit.simulation;

import io.penstock.api.data.Batch;

/** How a row is written down, so that laws can compare it. */
@FunctionalInterface
public interface RowText {
  /** The row at this index as one line. */
  String of(Batch batch, int row);
}
