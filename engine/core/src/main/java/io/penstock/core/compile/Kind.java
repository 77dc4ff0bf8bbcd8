package io.penstock.core.compile;

import io.penstock.api.data.DataType;

/** How values of a type are held in generated code. */
enum Kind {
  /** int, timestamp, date, duration. */
  LONG("long", "0L"),
  DOUBLE("double", "0.0"),
  TRUTH("boolean", "false"),
  /** A decimal that fits 64 bits, as its unscaled number; others are left to closures. */
  DECIMAL("long", "0L"),
  /** A text, as a part of a byte array or as a String. */
  TEXT("String", "null"),
  /** Everything else, boxed. */
  BOXED("Object", "null");

  private final String java;
  private final String nothing;

  Kind(String java, String nothing) {
    this.java = java;
    this.nothing = nothing;
  }

  /** The Java type. */
  String java() {
    return java;
  }

  /** What stands where there is no value. */
  String nothing() {
    return nothing;
  }

  static Kind of(DataType type) {
    if (type instanceof DataType.Decimal) {
      return DECIMAL;
    }
    if (!(type instanceof DataType.Simple simple)) {
      return BOXED;
    }
    return switch (simple.kind()) {
      case INT, TIMESTAMP, DATE, DURATION -> LONG;
      case DOUBLE -> DOUBLE;
      case BOOLEAN -> TRUTH;
      case STRING -> TEXT;
      case BYTES, JSON -> BOXED;
    };
  }

  /** Of a primitive type of Java. */
  static Kind of(Class<?> type) {
    return type == long.class ? LONG : type == double.class ? DOUBLE : TRUTH;
  }
}
