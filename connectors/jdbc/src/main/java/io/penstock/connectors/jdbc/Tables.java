package io.penstock.connectors.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks tables up in the catalogue of a database, in words that all drivers share. */
final class Tables {
  private final Connection connection;
  private final Dialect dialect;
  private final DatabaseMetaData catalogue;

  Tables(Connection connection, Dialect dialect) throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    this.catalogue = connection.getMetaData();
  }

  /** The table of a name; empty where there is none. */
  Optional<Table> find(TableName name) throws SQLException {
    Place place = place(name);
    List<TableColumn> columns = new ArrayList<>();
    try (ResultSet rows =
        catalogue.getColumns(place.catalogue(), place.schemaPattern(), pattern(name.name()), "%")) {
      while (rows.next()) {
        columns.add(column(rows));
      }
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table(name, columns, keys(place, name.name())));
  }

  /** The names of the tables that are there, to find the one that was meant. */
  List<String> names(TableName like) throws SQLException {
    List<String> names = new ArrayList<>();
    Place place = place(like);
    try (ResultSet rows =
        catalogue.getTables(
            place.catalogue(), place.schemaPattern(), "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  /**
   * Where tables are looked for, as drivers want it.
   *
   * @param schema absent where the database has none
   */
  private record Place(String catalogue, @Nullable String schema, @Nullable String schemaPattern) {}

  private Place place(TableName name) throws SQLException {
    String catalogueName = connection.getCatalog();
    if (dialect.hasNoSchemas()) {
      return new Place(name.schema().orElse(catalogueName), null, null);
    }
    String own = connection.getSchema();
    String schema = name.schema().orElse(own == null ? "" : own);
    return new Place(catalogueName, schema, pattern(schema));
  }

  // Names are patterns there.
  private String pattern(String name) throws SQLException {
    String escape = catalogue.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private TableColumn column(ResultSet row) throws SQLException {
    String type = row.getString("TYPE_NAME");
    boolean counted = "YES".equals(row.getString("IS_AUTOINCREMENT"));
    return new TableColumn(
        row.getString("COLUMN_NAME"),
        dialect.typeNames().getOrDefault(type, type),
        row.getInt("COLUMN_SIZE"),
        row.getInt("DECIMAL_DIGITS"),
        !"NO".equals(row.getString("IS_NULLABLE")),
        counted || isGiven(row.getString("COLUMN_DEF")),
        "YES".equals(row.getString("IS_GENERATEDCOLUMN")));
  }

  // MariaDB's driver says in a word that nothing stands there.
  private static boolean isGiven(@Nullable String value) {
    return value != null && !value.equals("NULL");
  }

  private List<Set<String>> keys(Place place, String name) throws SQLException {
    Map<String, Set<String>> byIndex = new LinkedHashMap<>();
    Set<String> partial = new LinkedHashSet<>();
    try (ResultSet rows =
        catalogue.getIndexInfo(place.catalogue(), place.schema(), name, true, true)) {
      while (rows.next()) {
        String index = rows.getString("INDEX_NAME");
        String column = rows.getString("COLUMN_NAME");
        if (index != null && column != null) {
          byIndex.computeIfAbsent(index, unused -> new LinkedHashSet<>()).add(plain(column));
          if (rows.getString("FILTER_CONDITION") != null) {
            partial.add(index);
          }
        }
      }
    }
    byIndex.keySet().removeAll(partial);
    return List.copyOf(byIndex.values());
  }

  // PostgreSQL's driver gives names that need quotes with their quotes doubled, or in quotes.
  private static String plain(String column) {
    boolean quoted = column.length() > 1 && column.startsWith("\"") && column.endsWith("\"");
    String inside = quoted ? column.substring(1, column.length() - 1) : column;
    return inside.replace("\"\"", "\"");
  }
}
