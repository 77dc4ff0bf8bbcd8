package io.penstock.connectors.parquet;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.List;

/** The types that DuckDB finds in a file, as ours. */
final class DuckType {
  private final String text;
  private int at;

  private DuckType(String text) {
    this.text = text;
  }

  /** The type that DuckDB calls so. */
  static DataType of(String text) {
    return new DuckType(text).type();
  }

  private DataType type() {
    DataType type = inner();
    while (took("[]")) {
      type = new DataType.ListOf(ValueType.optional(type));
    }
    return type;
  }

  private DataType inner() {
    if (took("STRUCT(")) {
      List<Field> fields = new ArrayList<>();
      do {
        String name = name();
        at++;
        fields.add(Field.optional(name, type()));
      } while (took(", "));
      at++;
      return new DataType.RecordOf(Schema.of(fields));
    }
    if (took("MAP(")) {
      DataType unused = type();
      at += 2;
      DataType value = type();
      at++;
      return new DataType.MapOf(ValueType.optional(value));
    }
    if (took("DECIMAL(")) {
      int comma = text.indexOf(',', at);
      int end = text.indexOf(')', at);
      DataType type =
          new DataType.Decimal(
              Integer.parseInt(text.substring(at, comma)),
              Integer.parseInt(text.substring(comma + 1, end)));
      at = end + 1;
      return type;
    }
    return simple(word());
  }

  private boolean took(String wanted) {
    boolean there = text.startsWith(wanted, at);
    at += there ? wanted.length() : 0;
    return there;
  }

  private String name() {
    if (!took("\"")) {
      return word();
    }
    int end = text.indexOf('"', at);
    String name = text.substring(at, end);
    at = end + 1;
    return name;
  }

  private String word() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String word = text.substring(from, at);
    boolean unused = took(" WITH TIME ZONE");
    return word;
  }

  private static DataType simple(String word) {
    return switch (word) {
      case "BOOLEAN" -> DataType.BOOLEAN;
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> DataType.INT;
      case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT" -> DataType.INT;
      case "FLOAT", "DOUBLE" -> DataType.DOUBLE;
      case "VARCHAR", "UUID" -> DataType.STRING;
      case "BLOB" -> DataType.BYTES;
      case "DATE" -> DataType.DATE;
      case "TIME" -> DataType.DURATION;
      case "TIMESTAMP", "TIMESTAMPTZ_NS", "TIMESTAMP_NS", "TIMESTAMP_MS" -> DataType.TIMESTAMP;
      default -> throw new IllegalArgumentException(word);
    };
  }
}
