package io.penstock.connectors.parquet;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Another reader and writer of Parquet. */
final class DuckDb {
  private DuckDb() {}

  /** What a query gives, as texts. */
  static List<List<String>> asked(String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
      List<List<String>> rows = new ArrayList<>();
      if (!statement.execute(query)) {
        return rows;
      }
      try (ResultSet results = statement.getResultSet()) {
        while (results.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            row.add(String.valueOf(results.getString(i)));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The rows that it has copied to a file of JSON lines. */
  static Read written(Schema schema, Path json) throws IOException {
    return Read.blocks(
        new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format(),
        Format.Decoding.of(schema),
        Files.readAllBytes(json),
        1 << 20,
        4096);
  }
}
