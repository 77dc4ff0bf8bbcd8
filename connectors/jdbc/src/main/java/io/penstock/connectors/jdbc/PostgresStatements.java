package io.penstock.connectors.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements by which rows go to a table of PostgreSQL. Names are quoted, values never in it.
 */
final class PostgresStatements {
  private static final String STAGE = "penstock_rows";
  private static final String NUMBER = "penstock_row";
  private static final String GONE = "penstock_gone";

  private final Target target;
  private final Dialect dialect;

  PostgresStatements(Target target, Dialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  private String columns() {
    return list(target.names());
  }

  private String list(List<String> names) {
    return names.stream().map(dialect::quoted).collect(Collectors.joining(", "));
  }

  private String into() {
    return target.table().quoted(dialect) + " (" + columns() + ")";
  }

  /** Copies rows to the table itself. */
  String copy() {
    return "COPY " + into() + " FROM STDIN";
  }

  /** Makes the table of the session, if it is not there. */
  String stage() {
    return "CREATE TEMP TABLE IF NOT EXISTS "
        + STAGE
        + " ON COMMIT DELETE ROWS AS SELECT "
        + columns()
        + ", 0::bigint AS "
        + NUMBER
        + ", false AS "
        + GONE
        + " FROM "
        + target.table().quoted(dialect)
        + " WITH NO DATA";
  }

  /** Copies rows to the table of the session, each with its number. */
  String copyToStage() {
    return "COPY pg_temp."
        + STAGE
        + " ("
        + columns()
        + ", "
        + NUMBER
        + ", "
        + GONE
        + ") FROM STDIN";
  }

  /** Takes the rows away whose key the last row of the session's table takes away. */
  String remove() {
    return "DELETE FROM "
        + target.table().quoted(dialect)
        + " AS t USING "
        + latest(list(target.key()))
        + " AS l WHERE l."
        + GONE
        + target.key().stream()
            .map(dialect::quoted)
            .map(name -> " AND t." + name + " = l." + name)
            .collect(Collectors.joining());
  }

  /** Brings the rows of the session's table to the table; of a key the last. */
  String merge() {
    return "INSERT INTO "
        + into()
        + " SELECT "
        + columns()
        + " FROM "
        + latest(columns())
        + " AS l WHERE NOT "
        + GONE
        + conflict();
  }

  private String latest(String columns) {
    return "(SELECT DISTINCT ON ("
        + list(target.key())
        + ") "
        + columns
        + ", "
        + GONE
        + " FROM pg_temp."
        + STAGE
        + " ORDER BY "
        + list(target.key())
        + ", "
        + NUMBER
        + last()
        + ")";
  }

  // Where the row that is there stays, the first of several new ones is the one that comes.
  private String last() {
    return target.mode() == WriteMode.UPSERT ? " DESC" : "";
  }

  /** Empties the table of the session. */
  String empty() {
    return "TRUNCATE pg_temp." + STAGE;
  }

  /** One statement for a few rows, whose values are lists of texts, one for each column. */
  String insert() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      // Without its length, so that what is too long is refused and not cut.
      values.add("r.c" + i + "::" + target.columns().get(i).type());
    }
    String lists =
        values.isEmpty()
            ? ""
            : IntStream.range(0, values.size())
                .mapToObj(i -> "?::text[]")
                .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, values.size())
            .mapToObj(i -> "c" + i + ", ")
            .collect(Collectors.joining());
    String from = " FROM unnest(" + lists + ") WITH ORDINALITY AS r(" + names + "n)";
    if (target.mode() == WriteMode.INSERT) {
      return "INSERT INTO "
          + into()
          + " SELECT "
          + String.join(", ", values)
          + from
          + " ORDER BY r.n";
    }
    String key =
        target.key().stream()
            .map(name -> values.get(target.names().indexOf(name)))
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + into()
        + " SELECT DISTINCT ON ("
        + key
        + ") "
        + String.join(", ", values)
        + from
        + " ORDER BY "
        + key
        + ", r.n"
        + last()
        + conflict();
  }

  private String conflict() {
    String begin = " ON CONFLICT (" + list(target.key()) + ") DO ";
    if (target.mode() == WriteMode.SKIP || target.others().isEmpty()) {
      return begin + "NOTHING";
    }
    return begin
        + "UPDATE SET "
        + target.others().stream()
            .map(name -> dialect.quoted(name) + " = EXCLUDED." + dialect.quoted(name))
            .collect(Collectors.joining(", "));
  }
}
