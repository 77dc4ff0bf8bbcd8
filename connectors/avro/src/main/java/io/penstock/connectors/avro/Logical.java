package io.penstock.connectors.avro;

import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** What a plain value stands for, as its schema says; decimals are apart. */
enum Logical {
  NONE,
  DATE,
  TIME_MILLIS,
  TIME_MICROS,
  TIMESTAMP_MILLIS,
  TIMESTAMP_MICROS,
  TIMESTAMP_NANOS,
  UUID,
  DURATION;

  private static final String LOCAL = "local-";

  /** What the values of a schema stand for; local times are read as if they were UTC. */
  static Logical of(Schema schema) {
    LogicalType type = schema.getLogicalType();
    if (type == null) {
      return NONE;
    }
    String name = type.getName();
    String plain = name.startsWith(LOCAL) ? name.substring(LOCAL.length()) : name;
    String wanted = plain.replace('-', '_').toUpperCase(Locale.ROOT);
    for (Logical logical : values()) {
      if (logical.name().equals(wanted)) {
        return logical;
      }
    }
    return NONE;
  }
}
