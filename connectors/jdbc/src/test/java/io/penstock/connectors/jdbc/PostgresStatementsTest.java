package io.penstock.connectors.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names are quoted wherever they stand. */
final class PostgresStatementsTest {
  private static final String EVIL = "a\"; drop table t; --";
  private static final String QUOTED = "\"a\"\"; drop table t; --\"";

  private static PostgresStatements statements(WriteMode mode) {
    Schema schema =
        Schema.of(
            new Field(EVIL, ValueType.required(DataType.INT)),
            new Field("v", ValueType.required(DataType.STRING)));
    List<TableColumn> columns =
        List.of(
            new TableColumn(EVIL, "int8", 19, 0, false, false, false),
            new TableColumn("v", "varchar", 10, 0, true, false, false));
    Target target =
        new Target(new TableName(Optional.of("s\"x"), EVIL), schema, columns, mode, List.of(EVIL));
    return new PostgresStatements(target, new PostgreSql());
  }

  @Test
  void copiesToTheQuotedTable() {
    assertEquals(
        "COPY \"s\"\"x\"." + QUOTED + " (" + QUOTED + ", \"v\") FROM STDIN",
        statements(WriteMode.INSERT).copy());
  }

  @Test
  void castsToTypesWithoutALength() {
    assertEquals(
        "INSERT INTO \"s\"\"x\"."
            + QUOTED
            + " ("
            + QUOTED
            + ", \"v\") SELECT r.c0::int8, r.c1::varchar FROM unnest(?::text[], ?::text[])"
            + " WITH ORDINALITY AS r(c0, c1, n) ORDER BY r.n",
        statements(WriteMode.INSERT).insert());
  }

  private static final String LATEST =
      "(SELECT DISTINCT ON (%1$s) %2$s, penstock_gone FROM pg_temp.penstock_rows ORDER BY %1$s, penstock_row";

  @Test
  void mergesTheLastOfEachKey() {
    assertEquals(
        "INSERT INTO \"s\"\"x\"."
            + QUOTED
            + " ("
            + QUOTED
            + ", \"v\") SELECT "
            + QUOTED
            + ", \"v\" FROM "
            + LATEST.formatted(QUOTED, QUOTED + ", \"v\"")
            + " DESC) AS l WHERE NOT penstock_gone ON CONFLICT ("
            + QUOTED
            + ") DO UPDATE SET \"v\" = EXCLUDED.\"v\"",
        statements(WriteMode.UPSERT).merge());
  }

  @Test
  void takesAwayWhatTheLastOfAKeyTakesAway() {
    assertEquals(
        "DELETE FROM \"s\"\"x\"."
            + QUOTED
            + " AS t USING "
            + LATEST.formatted(QUOTED, QUOTED)
            + " DESC) AS l WHERE l.penstock_gone AND t."
            + QUOTED
            + " = l."
            + QUOTED,
        statements(WriteMode.UPSERT).remove());
  }

  @Test
  void passesOverRowsThatAreThere() {
    String text = statements(WriteMode.SKIP).merge();

    assertEquals(
        ", penstock_row) AS l WHERE NOT penstock_gone ON CONFLICT (" + QUOTED + ") DO NOTHING",
        text.substring(text.indexOf(", penstock_row)")));
  }
}
