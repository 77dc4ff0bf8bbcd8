package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are completed by what a database answers. */
final class JdbcLookupTest {
  private static final String TABLE =
      "create table people (id bigint, name varchar(20), price numeric(10,2), born date)";
  private static final String ROWS =
      "insert into people values (1, 'Ann', 1.50, date '1990-02-28'), (2, 'O''Hara', null, null),"
          + " (4, 'Twin', 1, null), (4, 'Other', 1, null)";

  @TempDir static Path data;
  private static Postgres server;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    server = Postgres.in(data);
    server.execute(TABLE);
    server.execute(ROWS);
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  @BeforeEach
  void rows() throws IOException {
    Files.writeString(
        folder.resolve("rows.jsonl"),
        """
        {"id":1,"name":"Ann"}
        {"id":2,"name":"O'Hara"}
        {"id":3,"name":"x' or '1'='1"}
        {"id":1,"name":"Ann"}
        """);
  }

  private Program program(String where, String query, String options) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: rows.jsonl
            schema: { id: int, name: string }
        transforms:
          person:
            lookup:
              jdbc:
                { %s, query: "%s", parameters: { who: id, called: name } }
              schema: { price: 'optional decimal(10,2)', born: optional date }
              %s
        sinks:
          out:
            file: out.jsonl
        dead_letter:
          file: dead.jsonl
        """
            .formatted(where, query, options));
    return program;
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private void findsRows(String where) throws Exception {
    Outcome run =
        program(
                where,
                "select born, price from people where id = :who and name = :called",
                "missing: keep")
            .run();

    assertEquals(0, run.code(), run::text);
    assertEquals(
        List.of(
            "{\"id\":1,\"name\":\"Ann\",\"price\":1.50,\"born\":\"1990-02-28\"}",
            "{\"id\":2,\"name\":\"O'Hara\",\"price\":null,\"born\":null}",
            "{\"id\":3,\"name\":\"x' or '1'='1\",\"price\":null,\"born\":null}",
            "{\"id\":1,\"name\":\"Ann\",\"price\":1.50,\"born\":\"1990-02-28\"}"),
        lines("out.jsonl"));
  }

  @Test
  void valuesAreGivenByThemselvesAndRowsKeepTheirOrder() throws Exception {
    findsRows(server.options());
  }

  @Test
  void aFileOfH2IsAskedTheSameWay() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("shop"));
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(ROWS);
    }
    findsRows("kind: h2, database: shop");
  }

  @Test
  void severalRowsForAKeyAreADeadLetter() throws Exception {
    Files.writeString(
        folder.resolve("rows.jsonl"), "{\"id\":4,\"name\":\"a\"}\n{\"id\":1,\"name\":\"b\"}\n");
    Outcome run =
        program(
                server.options(),
                "select * from people where id = :who or name = :called",
                "take: [price]")
            .run();

    assertEquals(0, run.code(), run::text);
    assertEquals(List.of("{\"id\":1,\"name\":\"b\",\"price\":1.50}"), lines("out.jsonl"));
    String letter = String.join("\n", lines("dead.jsonl"));
    assertTrue(letter.contains("\"code\":\"D224\""), letter);
  }

  @Test
  void aValueThatTheDatabaseCannotTakeIsADeadLetter() throws Exception {
    Outcome run =
        program(
                server.options(),
                "select cast(10 / (:who - 2) as numeric(10,2)) as price, born from people where id = :who and name = :called",
                "")
            .run();

    assertEquals(0, run.code(), run::text);
    assertEquals(3, lines("out.jsonl").size());
    String letter = String.join("\n", lines("dead.jsonl"));
    assertTrue(letter.contains("\"code\":\"D223\""), letter);
    assertTrue(letter.contains("division by zero"), letter);
  }

  @Test
  void whatDoesNotFitIsToldBeforeARowIsRead() throws Exception {
    Program program =
        program(
            server.options(),
            "select name as price from people where id = :who and name = :called",
            "");
    Outcome run = program.run();

    assertEquals(6, run.code(), run::text);
    assertTrue(run.text().contains("R220"), run::text);
    assertTrue(run.text().contains("there is no column `born`"), run::text);
    assertTrue(run.text().contains("field `price` is "), run::text);
  }

  @Test
  void namesThatDoNotMeetAreAMistakeOfTheFile() throws Exception {
    Outcome run =
        program(server.options(), "select price, born from people where id = :whom", "").run();

    assertEquals(2, run.code(), run::text);
    assertTrue(run.text().contains("`query` has `:whom`"), run::text);
    assertTrue(run.text().contains("`query` has no place `:who`"), run::text);
    assertTrue(run.text().contains("`query` has no place `:called`"), run::text);
  }
}
