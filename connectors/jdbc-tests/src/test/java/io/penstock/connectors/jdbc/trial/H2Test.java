package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a server holds for a database in a file. */
final class H2Test {
  private static final String[] KEPT = {"--mode", "micro_batch", "--state", "state"};
  private static final String SCHEMA =
      "{ id: int, name: string, price: 'decimal(10,2)', at: timestamp, day: date, tags: optional json }";

  @TempDir Path folder;

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("shop"));
  }

  private void execute(String text) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private List<String> rows(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  private Program writing(String options) throws Exception {
    Files.createDirectories(folder.resolve("rows"));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: rows/*.jsonl
            schema: %s
        sinks:
          out:
            jdbc: { kind: h2, database: shop, table: items, %s }
        dead_letter: { file: { path: letters/, format: json }, stop_above: { rate: 100%%, of_last: 9999 } }
        """
            .formatted(SCHEMA, options));
    return program;
  }

  private static String line(int id, String name) {
    return "{\"id\":%d,\"name\":\"%s\",\"price\":1.05,\"at\":\"2026-01-31T23:59:59.123456Z\",\"day\":\"2026-01-31\",\"tags\":[1,{\"a\":\"b\"}]}"
        .formatted(id, name);
  }

  @Test
  void rowsComeOnceAndGoOutAgainAsTheyCame() throws Exception {
    execute(
        "create table \"items\" (\"id\" bigint primary key, \"name\" varchar(8) not null, \"price\" numeric(10,2),"
            + " \"at\" timestamp(6) with time zone, \"day\" date, \"tags\" json)");
    Program program = writing("mode: upsert, key: id");
    List<String> lines = IntStream.range(0, 2000).mapToObj(n -> line(n % 1000, "n" + n)).toList();
    Files.write(folder.resolve("rows/a.jsonl"), lines);
    Files.write(folder.resolve("rows/b.jsonl"), List.of(line(5, "much too long"), line(6, "six")));

    Outcome first = program.run(KEPT);
    assertEquals(0, first.code(), first::text);
    assertEquals(List.of("1000"), rows("select count(*) from \"items\""));
    assertEquals(
        List.of("n1005", "six"),
        rows("select \"name\" from \"items\" where \"id\" in (5, 6) order by \"id\""));
    String letters = String.join("\n", program.lines("letters"));
    assertEquals(1, program.lines("letters").size(), letters);
    assertTrue(letters.contains("D311"), letters);

    Program reading = new Program(folder);
    reading.write(
        """
        sources:
          rows:
            jdbc: { kind: h2, database: shop, table: items, key: id }
            schema: %s
        transforms:
          few: { filter: id < 2 }
        sinks:
          out:
            file: { path: out/, format: json }
        """
            .formatted(SCHEMA));
    Outcome read = reading.run();
    assertEquals(0, read.code(), read::text);
    assertEquals(List.of(line(0, "n1000"), line(1, "n1001")), reading.lines("out"));
  }

  @Test
  void rowsThatAreThereArePassedOver() throws Exception {
    execute(
        "create table \"items\" (\"id\" bigint primary key, \"name\" varchar(8) not null, \"price\" numeric(10,2),"
            + " \"at\" timestamp(6) with time zone, \"day\" date, \"tags\" json)");
    execute("insert into \"items\" (\"id\", \"name\") values (1, 'mine')");
    Program program = writing("if_exists: skip, key: id");
    Files.write(folder.resolve("rows/a.jsonl"), List.of(line(0, "a"), line(1, "b"), line(0, "c")));

    Outcome run = program.run();

    assertEquals(0, run.code(), run::text);
    assertEquals(List.of("a", "mine"), rows("select \"name\" from \"items\" order by \"id\""));
  }
}
