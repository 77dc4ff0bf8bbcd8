package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One aggregate.
 *
 * @param field {@code n} or {@code v}
 * @param where whether it is only over rows with {@code v >= 4}
 */
public record Call(Function function, String field, boolean where) {
  /** What is computed. */
  public enum Function {
    COUNT,
    SUM,
    MIN,
    MAX,
    AVG,
    /** By event time, as those that follow. */
    FIRST,
    LAST,
    COLLECT;

    /** Whether the order of rows of one time shows. */
    public boolean goesByOrder() {
      return this == FIRST || this == LAST || this == COLLECT;
    }

    /** Whether it gives a whole number. */
    boolean isWhole() {
      return this != AVG && this != COLLECT;
    }
  }

  static final long LEAST = 4;

  /** As it is written in a pipeline. */
  public String text() {
    String name = function.name().toLowerCase(java.util.Locale.ROOT);
    return name + "(" + field + ")" + (where ? " where v >= " + LEAST : "");
  }

  /** Its value over rows that are in their order, as a text. */
  String of(List<Row> rows) {
    List<Long> values = new ArrayList<>();
    for (Row row : rows) {
      OptionalLong value = field.equals("n") ? row.n() : row.v();
      boolean counts = !where || row.v().isPresent() && row.v().getAsLong() >= LEAST;
      if (counts && value.isPresent()) {
        values.add(value.getAsLong());
      }
    }
    long sum = values.stream().mapToLong(value -> value).sum();
    if (function == Function.COUNT) {
      return Long.toString(values.size());
    }
    if (values.isEmpty()) {
      return "null";
    }
    return switch (function) {
      case SUM -> Long.toString(sum);
      case MIN -> Long.toString(values.stream().mapToLong(value -> value).min().getAsLong());
      case MAX -> Long.toString(values.stream().mapToLong(value -> value).max().getAsLong());
      case AVG -> Double.toString((double) sum / values.size());
      case FIRST -> values.get(0).toString();
      case LAST -> values.get(values.size() - 1).toString();
      case COLLECT -> values.toString();
      case COUNT -> throw new AssertionError(function);
    };
  }
}
