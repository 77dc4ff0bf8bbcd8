package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which types of MariaDB and MySQL hold which values without a loss, by the driver's names. */
final class MariaDbTypes {
  private static final int MICROS_SIZE = 26;
  private static final int MICROS = 6;
  private static final List<String> INTEGERS =
      List.of("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT");
  private static final List<String> TEXTS =
      List.of("CHAR", "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT");
  private static final List<String> BLOBS =
      List.of("VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");
  // Whose order is not that of their texts, or which have no text.
  private static final List<String> UNORDERED =
      List.of("BINARY", "BIT", "BOOLEAN", "FLOAT", "DOUBLE", "ENUM", "SET", "JSON", "TIME", "YEAR");

  private MariaDbTypes() {}

  /** What is wrong with a column to which values go. */
  static Optional<String> misfit(DataType type, TableColumn column) {
    if (type instanceof DataType.Decimal decimal) {
      boolean rounds = column.scale() < decimal.scale();
      return among(type, column, List.of("DECIMAL", "DECIMAL UNSIGNED"))
          .or(() -> rounds ? shorter(type, column) : Optional.empty());
    }
    if (!(type instanceof DataType.Simple simple)) {
      return among(type, column, List.of("JSON", "LONGTEXT"));
    }
    return switch (simple.kind()) {
      case BOOLEAN -> among(type, column, List.of("BOOLEAN", "BIT"));
      case INT -> among(type, column, and(integers(), "DECIMAL", "DECIMAL UNSIGNED"));
      case DOUBLE -> among(type, column, List.of("DOUBLE"));
      case STRING -> among(type, column, and(TEXTS, "UUID", "INET4", "INET6", "JSON"));
      // BINARY adds zeros to what is shorter.
      case BYTES -> among(type, column, BLOBS);
      case TIMESTAMP ->
          among(type, column, List.of("DATETIME", "TIMESTAMP"))
              .or(() -> isMicros(column) ? Optional.empty() : seconds(type));
      case DATE -> among(type, column, List.of("DATE"));
      case DURATION -> meets(type, column);
      case JSON -> among(type, column, List.of("JSON", "LONGTEXT"));
    };
  }

  /** What is wrong with a column from which values come. */
  static Optional<String> misread(DataType type, TableColumn column) {
    if (type instanceof DataType.Decimal decimal) {
      boolean rounds = column.type().startsWith("DECIMAL") && column.scale() > decimal.scale();
      return among(type, column, and(integers(), "DECIMAL", "DECIMAL UNSIGNED"))
          .or(() -> rounds ? meets(type, column) : Optional.empty());
    }
    if (!(type instanceof DataType.Simple simple)) {
      return Optional.of(type + ", and columns hold `json` at most");
    }
    return switch (simple.kind()) {
      case BOOLEAN -> among(type, column, List.of("BOOLEAN", "BIT"));
      case INT -> integer(type, column);
      case DOUBLE -> among(type, column, List.of("FLOAT", "DOUBLE"));
      case STRING ->
          among(type, column, and(TEXTS, "UUID", "INET4", "INET6", "ENUM", "SET", "JSON"));
      case BYTES -> among(type, column, and(BLOBS, "BINARY"));
      case TIMESTAMP -> among(type, column, List.of("DATETIME", "TIMESTAMP"));
      case DATE -> among(type, column, List.of("DATE"));
      case DURATION -> meets(type, column);
      case JSON -> among(type, column, List.of("JSON", "LONGTEXT"));
    };
  }

  // Half of its numbers are none of ours.
  private static Optional<String> integer(DataType type, TableColumn column) {
    return column.type().equals("BIGINT UNSIGNED")
        ? Optional.of("int, and its column bigint unsigned: read it as `decimal(20, 0)`")
        : among(type, column, integers());
  }

  /** Why rows cannot be read in the order of a column. */
  static Optional<String> miskeyed(TableColumn column) {
    boolean none = UNORDERED.contains(column.type()) || BLOBS.contains(column.type());
    return none
        ? Optional.of(
            column.type().toLowerCase(Locale.ROOT)
                + ", and a position is kept as a text that has the same order")
        : Optional.empty();
  }

  /** What a text becomes that stands for a value of a type; empty where it stays a text. */
  static Optional<String> cast(String type) {
    if (type.startsWith("DECIMAL")) {
      return Optional.of("DECIMAL(65,30)");
    }
    if (type.endsWith("UNSIGNED")) {
      return Optional.of("UNSIGNED");
    }
    if (INTEGERS.contains(type)) {
      return Optional.of("SIGNED");
    }
    return switch (type) {
      case "DATE" -> Optional.of("DATE");
      case "DATETIME", "TIMESTAMP" -> Optional.of("DATETIME(6)");
      default -> Optional.empty();
    };
  }

  private static List<String> integers() {
    List<String> all = new ArrayList<>(INTEGERS);
    INTEGERS.forEach(name -> all.add(name + " UNSIGNED"));
    return all;
  }

  private static List<String> and(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  // The catalogue gives the length of a time's text, a query's answer the digits.
  private static boolean isMicros(TableColumn column) {
    return column.size() >= MICROS_SIZE || column.scale() >= MICROS;
  }

  private static Optional<String> seconds(DataType type) {
    return Optional.of(type + ", and its column keeps less than 6 digits of a second");
  }

  private static Optional<String> shorter(DataType type, TableColumn column) {
    return Optional.of(
        type + ", and its column keeps " + column.scale() + " digits after the point only");
  }

  private static Optional<String> among(DataType type, TableColumn column, List<String> allowed) {
    return allowed.contains(column.type()) ? Optional.empty() : meets(type, column);
  }

  private static Optional<String> meets(DataType type, TableColumn column) {
    return Optional.of(type + ", and its column " + column.type().toLowerCase(Locale.ROOT));
  }
}
