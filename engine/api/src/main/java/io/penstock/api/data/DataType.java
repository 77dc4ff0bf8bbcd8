package io.penstock.api.data;

import org.jspecify.annotations.Nullable;

/**
 * The type of a value. How each type lies in a column is said in {@link Column}; whether it may be
 * null is said by {@link ValueType}.
 */
public sealed interface DataType {
  DataType BOOLEAN = new Simple(Simple.Kind.BOOLEAN);
  DataType INT = new Simple(Simple.Kind.INT);
  DataType DOUBLE = new Simple(Simple.Kind.DOUBLE);
  DataType STRING = new Simple(Simple.Kind.STRING);
  DataType BYTES = new Simple(Simple.Kind.BYTES);

  /** UTC, microseconds since 1970. */
  DataType TIMESTAMP = new Simple(Simple.Kind.TIMESTAMP);

  /** Days since 1970. */
  DataType DATE = new Simple(Simple.Kind.DATE);

  /** Microseconds. */
  DataType DURATION = new Simple(Simple.Kind.DURATION);

  /** Any JSON value, in the binary form of {@code io.penstock.json}. */
  DataType JSON = new Simple(Simple.Kind.JSON);

  /** A type without parts. */
  record Simple(Kind kind) implements DataType {
    /** The types without parts. */
    public enum Kind {
      BOOLEAN,
      INT,
      DOUBLE,
      STRING,
      BYTES,
      TIMESTAMP,
      DATE,
      DURATION,
      JSON
    }

    // Written out, because a record's own is linked at its first call, which a short run pays for.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Simple that && kind == that.kind;
    }

    @Override
    public int hashCode() {
      return kind.ordinal();
    }

    @Override
    public String toString() {
      return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** An exact number of up to {@code precision} digits, {@code scale} of them after the point. */
  record Decimal(int precision, int scale) implements DataType {
    public static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
      }
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** A list of values of one type. */
  record ListOf(ValueType element) implements DataType {
    @Override
    public String toString() {
      return "[" + element + "]";
    }
  }

  /** A map from text to values of one type, in the order of insertion. */
  record MapOf(ValueType value) implements DataType {
    @Override
    public String toString() {
      return "map<" + value + ">";
    }
  }

  /** A record with named fields. */
  record RecordOf(Schema schema) implements DataType {
    @Override
    public String toString() {
      return schema.toString();
    }
  }
}
