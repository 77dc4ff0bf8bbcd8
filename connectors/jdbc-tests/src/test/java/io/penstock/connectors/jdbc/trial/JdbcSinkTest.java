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

/** Rows come to tables once, each value as it is; what a table refuses is told row by row. */
final class JdbcSinkTest {
  private static final String[] KEPT = {"--mode", "micro_batch", "--state", "state"};

  @TempDir static Path data;
  private static Postgres server;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws IOException {
    server = Postgres.in(data);
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  private Program program(String schema, String options) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: rows/*.jsonl
            schema: %s
        sinks:
          out:
            jdbc: { %s, timeout: 5s, %s }
        dead_letter:
          file: { path: letters/, format: json }
          stop_above: { rate: 100%%, of_last: 1000000 }
        """
            .formatted(schema, server.options(), options));
    return program;
  }

  private void rows(String file, List<String> lines) throws IOException {
    Files.createDirectories(folder.resolve("rows"));
    Files.write(folder.resolve("rows").resolve(file), lines);
  }

  private void numbers(String file, int from, int to) throws IOException {
    rows(
        file,
        IntStream.range(from, to)
            .mapToObj(n -> "{\"id\":" + n + ",\"name\":\"n" + n + "\"}")
            .toList());
  }

  private static final String NUMBERS = "{ id: int, name: string }";

  private static List<String> count(String table) throws Exception {
    return server.rows("select count(*), count(distinct id), min(id), max(id) from " + table);
  }

  @Test
  void everyRowIsThereOnceWithItsEpochAndNothingIsLeftToDoAgain() throws Exception {
    server.execute("create table numbers (id bigint primary key, name text not null)");
    numbers("a.jsonl", 0, 50_000);
    Program program = program(NUMBERS, "table: numbers, epochs: numbers_epochs");

    Outcome first = program.run(KEPT);
    assertEquals(0, first.code(), first::text);
    assertEquals(List.of("50000 50000 0 49999"), count("numbers"));

    Outcome again = program.run(KEPT);
    assertEquals(0, again.code(), again::text);
    assertEquals(List.of("50000 50000 0 49999"), count("numbers"));
    assertEquals(List.of("out 1"), server.rows("select sink, epoch from numbers_epochs"));
  }

  @Test
  void aRunWithoutStateIsOneTransaction() throws Exception {
    server.execute("create table whole (id bigint primary key, name text not null)");
    numbers("a.jsonl", 0, 20_000);
    Program program = program(NUMBERS, "table: whole");

    Outcome right = program.run();
    assertEquals(0, right.code(), right::text);
    assertEquals(List.of("20000 20000 0 19999"), count("whole"));

    rows("b.jsonl", List.of("{\"id\":20000,\"name\":\"new\"}", "{\"id\":7,\"name\":null}"));
    program.write(
        program.text().replace("dead_letter:", "x_dead_letter:").replaceAll("(?s)x_dead.*", ""));
    Outcome wrong = program.run();
    assertTrue(wrong.code() != 0, wrong::text);
    assertEquals(List.of("20000 20000 0 19999"), count("whole"));
  }

  @Test
  void everyTypeComesAsItIs() throws Exception {
    server.execute(
        """
        create table kinds (b boolean, i bigint, s int2, d double precision, n numeric(38,6), w numeric,
          t text, v varchar(20), c bytea, at timestamptz, local timestamp, day date, took interval, j jsonb,
          l json, u uuid)
        """);
    String schema =
        "{ b: optional boolean, i: optional int, s: optional int, d: optional double, n: 'optional decimal(38,6)',"
            + " w: 'optional decimal(12,3)', t: optional string, v: optional string, c: optional bytes,"
            + " at: optional timestamp, local: optional timestamp, day: optional date, took: optional duration,"
            + " j: optional json, l: 'optional [int]', u: optional string }";
    String full =
        "{\"b\":true,\"i\":-9223372036854775808,\"s\":-7,\"d\":1.0E-5,\"n\":-12345678901234567890123456789012.654321,"
            + "\"w\":-0.005,\"t\":\"tab\\tline\\nback\\\\slash \\\\N \\u20ac\\ud83d\\ude00\",\"v\":\"twenty\",\"c\":\"AAH/\","
            + "\"at\":\"2026-01-31T23:59:59.123456Z\",\"local\":\"1969-12-31T23:00:00.5-01:00\",\"day\":\"1582-10-15\","
            + "\"took\":\"-PT1H0.5S\",\"j\":{\"a\":[1,\"x\\\"y\"]},\"l\":[1,2],\"u\":\"00000000-0000-0000-0000-00000000000a\"}";
    String columns =
        "select b, i, s, d, n, w, t, v, encode(c, 'hex'), at at time zone 'UTC', local, day, extract(epoch from took), j, l, u from kinds";
    String expected =
        "t -9223372036854775808 -7 1e-05 -12345678901234567890123456789012.654321 -0.005"
            + " tab\tline\nback\\slash \\N \u20ac\ud83d\ude00 twenty 0001ff 2026-01-31 23:59:59.123456"
            + " 1970-01-01 00:00:00.5 1582-10-15 -3600.500000 {\"a\": [1, \"x\\\"y\"]} [1,2]"
            + " 00000000-0000-0000-0000-00000000000a";
    String none = "null null null null null null null null null null null null null null null null";

    rows("a.jsonl", List.of(full, "{}"));
    Outcome few = program(schema, "table: kinds").run();
    assertEquals(0, few.code(), few::text);
    assertEquals(List.of(expected, none), server.rows(columns));

    server.execute("truncate kinds");
    rows("a.jsonl", IntStream.range(0, 500).mapToObj(i -> i == 250 ? "{}" : full).toList());
    Outcome copied = program(schema, "table: kinds").run();
    assertEquals(0, copied.code(), copied::text);
    List<String> many = server.rows(columns);
    assertEquals(500, many.size());
    assertEquals(none, many.get(250));
    assertEquals(1, many.stream().filter(r -> !r.equals(none)).distinct().count());
    assertEquals(expected, many.get(0));
  }

  @Test
  void ofAKeyTheLastRowStays() throws Exception {
    server.execute(
        "create table latest (\"the \"\"id\" int primary key, v text, kept int default 7)");
    List<String> lines =
        IntStream.range(0, 3000)
            .mapToObj(n -> "{\"the \\\"id\":" + n % 500 + ",\"v\":\"v" + n + "\"}")
            .toList();
    rows("a.jsonl", lines);
    String schema = "{ 'the \"id': int, v: string }";
    String options = "table: latest, mode: upsert, key: 'the \"id'";

    Outcome copied = program(schema, options).run(KEPT);
    assertEquals(0, copied.code(), copied::text);
    assertEquals(
        List.of("500 0 499 v2500 v2999 7"),
        server.rows(
            "select count(*), min(\"the \"\"id\"), max(\"the \"\"id\"), min(v), max(v), min(kept) from latest"));

    rows(
        "b.jsonl",
        List.of("{\"the \\\"id\":3,\"v\":\"first\"}", "{\"the \\\"id\":3,\"v\":\"last\"}"));
    Outcome few = program(schema, options).run("--mode", "micro_batch", "--state", "other");
    assertEquals(0, few.code(), few::text);
    assertEquals(List.of("last"), server.rows("select v from latest where \"the \"\"id\" = 3"));
  }

  @Test
  void changesLeaveTheTableThatTheyDescribe() throws Exception {
    server.execute("create table changed (id int primary key, v text not null)");
    server.execute("insert into changed values (9, 'before'), (8, 'stays')");
    StringBuilder lines = new StringBuilder();
    for (int n = 0; n < 600; n++) {
      lines.append(change("c", "null", row(100 + n, "new")));
    }
    lines.append(change("c", "null", row(1, "one")));
    lines.append(change("u", row(1, "one"), row(2, "two")));
    lines.append(change("c", "null", row(3, "three")));
    lines.append(change("d", row(3, "three"), "null"));
    lines.append(change("d", row(9, "before"), "null"));
    lines.append(change("d", row(100, "new"), "null"));
    lines.append(change("c", "null", row(100, "again")));
    rows("a.jsonl", List.of(lines.toString().split("\n")));
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: { path: rows/*.jsonl, format: { debezium: { key: [id] } } }
            schema: { id: int, v: string }
        sinks:
          out:
            jdbc: { %s, table: changed, mode: upsert, key: id }
        """
            .formatted(server.options()));

    Outcome run = program.run(KEPT);

    assertEquals(0, run.code(), run::text);
    assertEquals(
        List.of("2 two", "8 stays", "100 again", "101 new"),
        server.rows("select id, v from changed where id < 102 order by id"));
    assertEquals(List.of("602"), server.rows("select count(*) from changed"));
  }

  private static String change(String operation, String before, String after) {
    return "{\"op\":\"%s\",\"before\":%s,\"after\":%s}\n".formatted(operation, before, after);
  }

  private static String row(int id, String v) {
    return "{\"id\":" + id + ",\"v\":\"" + v + "\"}";
  }

  @Test
  void rowsThatAreThereArePassedOverWhereThatIsAsked() throws Exception {
    server.execute("create table once (id bigint primary key, name text)");
    server.execute("insert into once values (1, 'mine'), (700, 'mine too')");
    numbers("a.jsonl", 0, 1000);

    Outcome run = program(NUMBERS, "table: once, key: [id], if_exists: skip").run();

    assertEquals(0, run.code(), run::text);
    assertEquals(List.of("1000 1000 0 999"), count("once"));
    assertEquals(
        List.of("mine", "mine too"),
        server.rows("select name from once where id in (1, 700) order by id"));
  }

  @Test
  void whatTheTableRefusesIsADeadLetterAndTheOthersAreThere() throws Exception {
    server.execute(
        "create table strict (id bigint primary key, name varchar(6) not null check (name <> 'n13'))");
    numbers("a.jsonl", 0, 5000);
    rows(
        "b.jsonl", List.of("{\"id\":4,\"name\":\"again\"}", "{\"id\":5000,\"name\":\"too long\"}"));

    Outcome run = program(NUMBERS, "table: strict").run(KEPT);

    assertEquals(0, run.code(), run::text);
    assertEquals(List.of("4999 4999 0 4999"), count("strict"));
    List<String> letters = new Program(folder).lines("letters");
    assertEquals(3, letters.size(), letters::toString);
    String all = String.join("\n", letters);
    assertTrue(all.contains("\"code\":\"D310\""), all);
    assertTrue(all.contains("violates check constraint"), all);
    assertTrue(all.contains("duplicate key value"), all);
    assertTrue(all.contains("\"code\":\"D311\""), all);
    assertTrue(all.contains("value too long"), all);
    assertTrue(all.contains("\"id\":5000"), all);
  }

  @Test
  void whatDoesNotFitIsToldAtOnce() throws Exception {
    server.execute(
        "create table narrow (id int primary key, price numeric(6,1) not null, flag boolean, needed text not null)");
    rows("a.jsonl", List.of("{}"));
    String schema = "{ idd: int, price: 'decimal(8,2)', flag: string }";

    Outcome run = program(schema, "table: narrow, mode: upsert, key: [flag]").run();

    assertEquals(7, run.code(), run::text);
    assertTrue(run.text().contains("pipeline.yaml:6:3  R320"), run::text);
    for (String part :
        List.of(
            "there is no column `idd` (did you mean `id`?",
            "field `price` is decimal(8,2), and its column keeps 1 digits after the point only",
            "field `flag` is string, and its column bool",
            "column `id` must not be null, and no field fills it",
            "column `needed` must not be null, and no field fills it",
            "the key's column `flag` may be null",
            "no unique index stands on exactly `flag` (there are id)")) {
      assertTrue(run.text().contains(part), () -> part + " is not in " + run.text());
    }
    Outcome missing = program(schema, "table: narow").run();
    assertTrue(missing.text().contains("there is no table `narow`"), missing::text);
    assertTrue(missing.text().contains("did you mean `narrow`?"), missing::text);
  }

  @Test
  void passwordsHostsAndDatabasesThatAreWrongAreSaid() throws Exception {
    server.execute("create table somewhere (id bigint, name text)");
    numbers("a.jsonl", 0, 1);
    Program program = program(NUMBERS, "table: somewhere");
    String right = program.text();

    program.write(right.replace("PGPASSWORD:-right", "PGPASSWORD:-secret-word"));
    Outcome password = program.run();
    assertEquals(7, password.code(), password::text);
    assertTrue(password.text().contains("refuses the user `owner`"), password::text);
    assertTrue(!password.text().contains("secret-word"), password::text);

    program.write(right.replace("database: postgres", "database: nowhere"));
    Outcome database = program.run();
    assertTrue(database.text().contains("there is no such database"), database::text);

    program.write(right.replace("port: " + server.port(), "port: 1"));
    Outcome port = program.run();
    assertTrue(port.text().contains("nobody answers"), port::text);

    program.write(right.replace("host: 127.0.0.1", "host: nobody.invalid"));
    Outcome host = program.run();
    assertTrue(host.text().contains("nobody knows the host"), host::text);

    program.write(right.replace("timeout: 5s", "timeout: 5s, tls: { verify: none }"));
    Outcome tls = program.run();
    assertTrue(tls.text().contains("do not trust each other"), tls::text);
  }
}
