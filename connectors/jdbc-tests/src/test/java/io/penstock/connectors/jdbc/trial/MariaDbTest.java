package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows come to tables of MariaDB once, each value as it is; what it refuses is told by row. The
 * same holds for MySQL, by {@code engine/bench/mysql.sh}.
 */
final class MariaDbTest {
  private static final String[] KEPT = {"--mode", "micro_batch", "--state", "state"};
  private static final String NUMBERS = RowsToTable.NUMBERS;

  @TempDir static Path data;
  private static Server server;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    server = Server.ofMariaDb(data);
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  private Program program(String schema, String options) throws IOException {
    return new RowsToTable(server, folder).program(schema, options);
  }

  private void rows(String file, List<String> lines) throws IOException {
    new RowsToTable(server, folder).rows(file, lines);
  }

  private void numbers(String file, int from, int to) throws IOException {
    new RowsToTable(server, folder).numbers(file, from, to);
  }

  private static List<String> count(String table) throws Exception {
    return server.rows("select count(*), count(distinct id), min(id), max(id) from " + table);
  }

  private static void assertEnded(int code, Outcome outcome) {
    assertEquals(code, outcome.code(), outcome::text);
  }

  private static void assertSays(String part, String text) {
    assertTrue(text.contains(part), () -> part + " is not in " + text);
  }

  @Test
  void everyRowIsThereOnceWithItsEpoch() throws Exception {
    // A 0 is a 0, though the server would count it up.
    server.execute("create table numbers (id bigint auto_increment primary key, name text)");
    numbers("a.jsonl", 0, 50_000);
    Program program = program(NUMBERS, "table: shop.numbers, epochs: numbers_epochs");

    assertEnded(0, program.run(KEPT));
    assertEquals(List.of("50000 50000 0 49999"), count("numbers"));

    assertEnded(0, program.run(KEPT));
    assertEquals(List.of("50000 50000 0 49999"), count("numbers"));
    assertEquals(List.of("out 1"), server.rows("select sink, epoch from numbers_epochs"));
  }

  @Test
  void aRunWithoutStateIsOneTransaction() throws Exception {
    server.execute("create table whole (id bigint primary key, name text not null)");
    numbers("a.jsonl", 0, 20_000);
    Program program = program(NUMBERS, "table: whole");
    program.write(program.text().replaceAll("(?s)dead_letter:.*", ""));

    assertEnded(0, program.run());
    rows("b.jsonl", List.of("{\"id\":20000,\"name\":\"new\"}", "{\"id\":7,\"name\":\"again\"}"));
    Outcome wrong = program.run();

    assertTrue(wrong.code() != 0, wrong::text);
    assertEquals(List.of("20000 20000 0 19999"), count("whole"));
  }

  @Test
  void everyTypeComesAsItIsAndGoesOutAgain() throws Exception {
    server.execute(
        """
        create table kinds (id int primary key, b boolean, i bigint, s smallint, d double, n decimal(38,6),
          t longtext, v varchar(20), c varbinary(9), at datetime(6), stamp timestamp(6) null, day date, j json)
        """);
    String schema =
        "{ id: int, b: optional boolean, i: optional int, s: optional int, d: optional double, n: 'optional decimal(38,6)',"
            + " t: optional string, v: optional string, c: optional bytes, at: optional timestamp, stamp: optional timestamp,"
            + " day: optional date, j: optional json }";
    String full =
        "{\"id\":1,\"b\":true,\"i\":-9223372036854775808,\"s\":-7,\"d\":1.0E-5,"
            + "\"n\":-12345678901234567890123456789012.654321,"
            + "\"t\":\"tab\\tline\\nback\\\\slash \u20ac\ud83d\ude00\",\"v\":\"twenty'\\\"\",\"c\":\"AAH/\","
            + "\"at\":\"2026-03-29T01:30:59.123456Z\",\"stamp\":\"2026-03-29T02:30:00.5Z\","
            + "\"day\":\"1582-10-15\",\"j\":{\"a\":[1,\"x\\\"y\"]}}";
    String none =
        "{\"id\":2,\"b\":null,\"i\":null,\"s\":null,\"d\":null,\"n\":null,\"t\":null,\"v\":null,\"c\":null,"
            + "\"at\":null,\"stamp\":null,\"day\":null,\"j\":null}";
    rows("a.jsonl", List.of(full, none));

    assertEnded(0, program(schema, "table: kinds").run());
    assertEquals(
        List.of(
            "1 -9223372036854775808 -7 0.00001 -12345678901234567890123456789012.654321 0001FF"
                + " 2026-03-29 01:30:59.123456 2026-03-29 02:30:00.500000 1582-10-15"),
        server.rows(
            "select b, i, s, concat('', d), n, hex(c), concat('', at), concat('', stamp), concat('', day)"
                + " from kinds where id = 1"));

    for (String what : List.of("table: kinds, key: id", "query: select * from kinds, key: id")) {
      Program reading = new Program(folder);
      reading.write(
          """
          sources:
            rows: { jdbc: { %s, %s }, schema: %s }
          sinks:
            out: { file: { path: out/, format: json } }
          """
              .formatted(server.options(), what, schema));
      assertEnded(0, reading.run(List.of("-Duser.timezone=Europe/Berlin")));
      assertEquals(List.of(full, none), reading.lines("out"));
    }
  }

  @Test
  void ofAKeyTheLastRowStaysAndChangesAreFollowed() throws Exception {
    server.execute("create table latest (`the ``id` int primary key, v text, kept int default 7)");
    rows(
        "a.jsonl",
        IntStream.range(0, 3000)
            .mapToObj(n -> "{\"the `id\":" + n % 500 + ",\"v\":\"v" + n + "\"}")
            .toList());

    Program program =
        program("{ 'the `id': int, v: string }", "table: latest, mode: upsert, key: 'the `id'");
    assertEnded(0, program.run(KEPT));
    assertEquals(
        List.of("500 0 499 v2500 v2999 7"),
        server.rows(
            "select count(*), min(`the ``id`), max(`the ``id`), min(v), max(v), min(kept) from latest"));

    server.execute("create table changed (id int primary key, v text not null)");
    server.execute("insert into changed values (9, 'before'), (8, 'stays')");
    Files.delete(folder.resolve("rows/a.jsonl"));
    rows(
        "b.jsonl",
        List.of(
            "{\"op\":\"c\",\"before\":null,\"after\":{\"id\":1,\"v\":\"one\"}}",
            "{\"op\":\"u\",\"before\":{\"id\":1,\"v\":\"one\"},\"after\":{\"id\":2,\"v\":\"two\"}}",
            "{\"op\":\"d\",\"before\":{\"id\":9,\"v\":\"before\"},\"after\":null}"));
    Program changes = program("{ id: int, v: string }", "table: changed, mode: upsert, key: id");
    changes.write(
        changes
            .text()
            .replace(
                "file: rows/*.jsonl",
                "file: { path: rows/*.jsonl, format: { debezium: { key: [id] } } }"));
    assertEnded(0, changes.run("--mode", "micro_batch", "--state", "other"));
    assertEquals(List.of("2 two", "8 stays"), server.rows("select * from changed order by id"));
  }

  @Test
  void rowsThatAreThereArePassedOverWhereThatIsAsked() throws Exception {
    server.execute("create table once (id bigint primary key, name varchar(9))");
    server.execute("insert into once values (1, 'mine'), (700, 'mine too')");
    numbers("a.jsonl", 0, 1000);
    rows("b.jsonl", List.of("{\"id\":1001,\"name\":\"much too long\"}"));

    assertEnded(0, program(NUMBERS, "table: once, key: [id], if_exists: skip").run());

    assertEquals(List.of("1000 1000 0 999"), count("once"));
    assertEquals(
        List.of("mine", "mine too"),
        server.rows("select name from once where id in (1, 700) order by id"));
    assertEquals(1, new Program(folder).lines("letters").size());
  }

  @Test
  void whatTheTableRefusesIsADeadLetterAndTheOthersAreThere() throws Exception {
    server.execute(
        "create table strict (id bigint primary key, name varchar(6) not null,"
            + " constraint no_thirteen check (name <> 'n13'))");
    numbers("a.jsonl", 0, 5000);
    rows(
        "b.jsonl",
        List.of(
            "{\"id\":4,\"name\":\"again\"}",
            "{\"id\":5000,\"name\":\"too long\"}",
            "{\"id\":5001,\"name\":\"blanks \"}"));

    assertEnded(0, program(NUMBERS, "table: strict").run(KEPT));

    assertEquals(List.of("4999 4999 0 4999"), count("strict"));
    List<String> letters = new Program(folder).lines("letters");
    assertEquals(4, letters.size(), letters::toString);
    String all = String.join("\n", letters);
    assertSays("\"code\":\"D310\"", all);
    assertSays("no_thirteen", all);
    assertSays("Duplicate entry", all);
    assertSays("\"code\":\"D311\"", all);
    assertSays("value too long", all);
  }

  @Test
  void whatDoesNotFitIsToldAtOnce() throws Exception {
    server.execute(
        "create table narrow (id int primary key, price decimal(6,1) not null, at datetime, flag boolean,"
            + " name varchar(9), needed text not null, unique key (name)) engine = MyISAM");
    rows("a.jsonl", List.of("{}"));

    Outcome run =
        program(
                "{ id: int, price: 'decimal(8,2)', at: timestamp, flag: string, nam: string }",
                "table: narrow, mode: upsert, key: id")
            .run();

    assertEnded(7, run);
    for (String part :
        List.of(
            "R320",
            "there is no column `nam` (did you mean `name`?",
            "field `price` is decimal(8,2), and its column keeps 1 digits after the point only",
            "field `at` is timestamp, and its column keeps less than 6 digits of a second",
            "field `flag` is string, and its column boolean",
            "column `needed` must not be null, and no field fills it",
            "the unique index on `name` would take other rows for the same",
            "is kept by MyISAM, which has no transactions")) {
      assertSays(part, run.text());
    }
    Outcome missing = program(NUMBERS, "table: narow").run();
    assertSays("there is no table `narow`", missing.text());
    assertSays("did you mean `narrow`?", missing.text());
  }

  @Test
  void newRowsAreReadFromWhereARunEnded() throws Exception {
    server.execute("create table growing (id bigint auto_increment primary key, v text)");
    server.execute("insert into growing select n + 1, 'v' from " + server.numbers(10_000));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            jdbc: { %s, table: growing, key: id, increment: { by: id, behind: 100ms } }
            schema: { id: int }
        sinks:
          out: { file: { path: out/, format: json } }
        """
            .formatted(server.options()));

    assertEnded(0, program.run(KEPT));
    assertEquals(10_000, program.lines("out").size());
    server.execute("insert into growing (v) select 'v' from " + server.numbers(500));
    assertEnded(0, program.run(KEPT));
    assertEquals(10_500, program.lines("out").stream().distinct().count());
    assertEquals(10_500, program.lines("out").size());

    Outcome checked = program.ended(program.command("validate", "pipeline.yaml"));
    assertSays("W504", checked.text());
  }

  @Test
  void rowsThatChangedAreReadByTheirTime() throws Exception {
    server.execute(
        "create table timed (id bigint primary key, changed datetime(6) not null, key (changed, id))");
    server.execute(
        "insert into timed select n, utc_timestamp(6) - interval 1 hour from "
            + server.numbers(3000));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            jdbc: { %s, table: timed, key: id, increment: { by: changed, behind: 0s } }
            schema: { id: int, changed: timestamp }
        transforms:
          ids: { select: [id] }
        sinks:
          out: { file: { path: out/, format: json } }
        """
            .formatted(server.options()));

    assertEnded(0, program.run(KEPT));
    assertEquals(3000, program.lines("out").stream().distinct().count());
    server.execute("update timed set changed = utc_timestamp(6) - interval 1 second where id = 7");
    assertEnded(0, program.run(KEPT));
    assertEquals(3001, program.lines("out").size());
    assertEquals(2, program.lines("out").stream().filter("{\"id\":7}"::equals).count());
  }

  @Test
  void aKeyOfSeveralColumnsIsReadInItsOrderAndOnBehindIt() throws Exception {
    server.execute(
        "create table parts (part varchar(9), id decimal(20,3), big bigint unsigned, primary key (part, id))");
    server.execute(
        "insert into parts select concat('p', n mod 3), n + 0.125, 18446744073709551615 from "
            + server.numbers(9000));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            jdbc: { %s, table: parts, key: [part, id] }
            schema: { part: string, id: 'decimal(20,3)', big: 'decimal(20,0)' }
        sinks:
          out: { file: { path: out/, format: json } }
        run: { mode: micro_batch, batch: { max_rows: 1000 } }
        """
            .formatted(server.options()));

    assertEnded(0, program.run());

    assertEquals(9000, program.lines("out").stream().distinct().count());
    assertSays(
        "{\"part\":\"p0\",\"id\":0.125,\"big\":18446744073709551615}",
        String.join("\n", program.lines("out")));

    program.write(program.text().replace("decimal(20,0)", "decimal(18,0)"));
    program.write(program.text().replace("path: out/", "path: out/, if_exists: append"));
    assertSays("D104", program.run("--fresh").text());
    program.write(program.text().replace("'decimal(18,0)'", "int"));
    assertSays("read it as `decimal(20, 0)`", program.run("--fresh").text());
  }
}
