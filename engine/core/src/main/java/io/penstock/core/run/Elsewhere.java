package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.core.operator.Operator;

/** Stands for an operator whose rows are worked on in another task. */
final class Elsewhere implements Operator {
  @Override
  public void rows(int input, Batch rows) {
    throw new IllegalStateException("rows for another task");
  }

  @Override
  public boolean drain(Out out) {
    return false;
  }
}
