package io.penstock.api.sink;

import io.penstock.api.problem.ProblemCode;
import java.util.List;

/** Rows of a batch that could not be written, in order. */
public record Rejects(List<Reject> rows) {
  public static final Rejects NONE = new Rejects(List.of());

  public Rejects {
    rows = List.copyOf(rows);
  }

  /** One row, by its index in the batch. */
  public record Reject(int row, ProblemCode code, String message) {}
}
