package io.penstock.testkit.reference;

import java.util.OptionalLong;

/** Steps that look at one row: each as it is written in a pipeline, and what it means. */
public final class Plain {
  private Plain() {}

  /** A condition. */
  public enum Test {
    /** Null is not greater. */
    SOME("v > 1"),
    MOST("n % 4 != 1"),
    KNOWN("k == 1 or k == 2");

    private final String text;

    Test(String text) {
      this.text = text;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    boolean holds(Row row) {
      return switch (this) {
        case SOME -> row.v().isPresent() && row.v().getAsLong() > 1;
        case MOST -> row.n().isPresent() && row.n().getAsLong() % 4 != 1;
        case KNOWN -> row.k().equals(OptionalLong.of(1)) || row.k().equals(OptionalLong.of(2));
      };
    }
  }

  /** A new value of a field. */
  public enum Formula {
    KEY("k", "v % 2"),
    VALUE("v", "v + 3"),
    NUMBER("n", "n * 2");

    private final String field;
    private final String text;

    Formula(String field, String text) {
      this.field = field;
      this.text = text;
    }

    /** The field that it gives a value. */
    public String field() {
      return field;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    Row of(Row row) {
      return switch (this) {
        case KEY -> new Row(half(row.v()), row.n(), row.v(), row.at(), row.mark());
        case VALUE -> new Row(row.k(), row.n(), more(row.v()), row.at(), row.mark());
        case NUMBER -> new Row(row.k(), twice(row.n()), row.v(), row.at(), row.mark());
      };
    }

    private static OptionalLong half(OptionalLong value) {
      return value.isPresent() ? OptionalLong.of(value.getAsLong() % 2) : value;
    }

    private static OptionalLong more(OptionalLong value) {
      return value.isPresent() ? OptionalLong.of(value.getAsLong() + 3) : value;
    }

    private static OptionalLong twice(OptionalLong value) {
      return value.isPresent() ? OptionalLong.of(value.getAsLong() * 2) : value;
    }
  }
}
