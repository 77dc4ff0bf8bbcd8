package io.penstock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs a file of SQL in DuckDB, in this process: {@code DuckDb FILE NAME=VALUE...}, each {@code
 * ${NAME}} replaced by its value. Prints the rows that the last statement gives, if any. Two
 * threads, rows in any order: what our own engine is given and gives.
 */
public final class DuckDb {
  private static final String SETTINGS =
      "SET threads = 2; SET preserve_insertion_order = false; SET TimeZone = 'UTC'";

  private DuckDb() {}

  /** Runs the file. */
  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length == 0) {
      System.err.println("usage: DuckDb FILE NAME=VALUE...");
      System.exit(1);
    }
    String sql = Files.readString(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      String name = "${" + arguments[i].substring(0, equals) + "}";
      sql = sql.replace(name, arguments[i].substring(equals + 1).replace("'", "''"));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
      if (statement.execute(sql)) {
        print(statement);
      }
    }
  }

  private static void print(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          line.append(i == 1 ? "" : " ").append(rows.getString(i));
        }
        System.out.println(line);
      }
    }
  }
}
