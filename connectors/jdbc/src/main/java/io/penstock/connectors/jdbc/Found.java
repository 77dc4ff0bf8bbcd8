package io.penstock.connectors.jdbc;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is there to read: the columns of a table or of a query, compared with what is wanted. */
final class Found {
  private final JdbcSourceConfig config;
  private final Dialect dialect;
  private final Failure failure;
  private final Table table;
  private final String from;
  private final List<String> wrong = new ArrayList<>();

  Found(JdbcSourceConfig config, Server server, Connection connection, Failure failure)
      throws SQLException {
    this.config = config;
    this.dialect = server.dialect();
    this.failure = failure;
    if (config.table().isPresent()) {
      TableName name = TableName.parse(config.table().get()).orElseThrow();
      this.from = name.quoted(dialect);
      this.table = table(name, server, connection);
    } else {
      this.from = "(" + config.query().orElseThrow() + ")";
      this.table = described(connection);
    }
  }

  private Table table(TableName name, Server server, Connection connection) throws SQLException {
    Tables tables = new Tables(connection, dialect);
    Optional<Table> found = tables.find(name);
    if (found.isEmpty()) {
      throw failure.problem(
          ProblemCode.R220,
          "there is no table `" + name + "` in `" + server.address().shown() + "`",
          JdbcSource.hint(name, tables.names(name)));
    }
    return found.get();
  }

  private Table described(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM " + from + " penstock_rows")) {
      List<TableColumn> columns = TableColumn.given(select, dialect);
      return new Table(new TableName(Optional.empty(), "penstock_query"), columns, List.of());
    }
  }

  /** What stands behind FROM. */
  String from() {
    return from;
  }

  /** The types of columns, as the dialect writes them. */
  List<String> types(List<String> names) {
    return names.stream().map(n -> table.column(n).orElseThrow().type()).toList();
  }

  /**
   * The columns of the fields.
   *
   * @throws PipelineException where something does not fit; all of it is told
   */
  List<TableColumn> columns(Schema schema) {
    for (Field field : schema.fields()) {
      Optional<TableColumn> column = table.column(field.name());
      if (column.isEmpty()) {
        missing(field.name(), "field");
      } else {
        dialect
            .misread(field.type().type(), column.get())
            .ifPresent(why -> wrong.add("field `" + field.name() + "` is " + why));
      }
    }
    key();
    if (!wrong.isEmpty()) {
      throw failure.problem(
          ProblemCode.R220,
          config.table().map(t -> "table `" + t + "`").orElse("the query")
              + " does not fit what is wanted: "
              + String.join("; ", wrong),
          "change `schema` or `key`; a query can give columns other names and types");
    }
    return schema.names().stream().map(n -> table.column(n).orElseThrow()).toList();
  }

  private void missing(String name, String what) {
    wrong.add(
        "there is no column `"
            + name
            + "` for the "
            + what
            + " ("
            + Nearest.hint(name, "columns there", table.names())
            + ")");
  }

  private void key() {
    for (String name : config.order()) {
      Optional<TableColumn> column = table.column(name);
      if (column.isEmpty()) {
        missing(name, "key");
      } else if (column.get().optional()) {
        wrong.add(
            "the key's column `" + name + "` may be null, and then its row would be passed over");
      } else {
        dialect
            .miskeyed(column.get())
            .ifPresent(why -> wrong.add("the key's column `" + name + "` is " + why));
      }
    }
    Set<String> order = new HashSet<>(config.order());
    if (config.table().isPresent() && table.keys().stream().noneMatch(order::containsAll)) {
      wrong.add(
          "`"
              + String.join("`, `", config.order())
              + "` does not tell rows apart: no unique index stands on part of it"
              + (table.keys().isEmpty()
                  ? ""
                  : " (there are "
                      + String.join(
                          ", ", table.keys().stream().map(k -> String.join(" + ", k)).toList())
                      + ")"));
    }
  }
}
