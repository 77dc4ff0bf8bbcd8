package io.penstock.core.operator;

import io.penstock.api.data.Batch;

/** Passes rows that are in order. */
record AsTheyAre() implements Sequence {
  @Override
  public Batch rows(Batch rows, Operator.Out out) {
    return rows;
  }
}
