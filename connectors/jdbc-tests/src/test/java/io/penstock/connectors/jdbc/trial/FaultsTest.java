package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the database, or to the state, loses and doubles nothing. */
final class FaultsTest {
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

  private Program program(String table, String options) throws IOException {
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows:
            file: { path: rows/*.jsonl, watch: true }
            schema: { id: int, name: string }
        sinks:
          out:
            jdbc: { %s, table: %s, epochs: %s_epochs, timeout: 5s%s }
        """
            .formatted(server.options(), table, table, options));
    return program;
  }

  private static void make(String table) throws SQLException {
    server.execute("create table " + table + " (id bigint primary key, name text not null)");
  }

  private void numbers(String file, int from, int to) throws IOException {
    Path path = Files.createDirectories(folder.resolve("rows")).resolve(file);
    Files.write(
        path,
        IntStream.range(from, to)
            .mapToObj(n -> "{\"id\":" + n + ",\"name\":\"n" + n + "\"}")
            .toList());
    // A file that was changed just now is left for the next look.
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(10)));
  }

  private static Outcome once(Program program, String state) throws Exception {
    return program.run("--mode", "micro_batch", "--state", state);
  }

  private static void assertRows(int count, String table) throws SQLException {
    assertEquals(
        List.of(count + " " + count),
        server.rows("select count(*), count(distinct id) from " + table));
  }

  private void copyState(String from, String to) throws Exception {
    Process copy =
        new ProcessBuilder("cp", "-r", from, to).directory(folder.toFile()).inheritIO().start();
    assertEquals(0, copy.waitFor());
  }

  @Test
  void aRunWithACopyOfTheStateIsStopped() throws Exception {
    make("copied");
    Program program = program("copied", "");
    numbers("a.jsonl", 0, 1000);
    assertEquals(0, once(program, "state").code());
    copyState("state", "copy");
    numbers("b.jsonl", 1000, 2000);
    assertEquals(0, once(program, "state").code());

    Outcome copy = once(program, "copy");
    assertEquals(3, copy.code(), copy::text);
    assertTrue(copy.text().contains("R301"), copy::text);

    numbers("c.jsonl", 2000, 3000);
    assertEquals(0, once(program, "state").code());
    assertRows(3000, "copied");
  }

  @Test
  void ofTwoRunsAtOnceWithOneStateOneIsStopped() throws Exception {
    make("twice");
    Program program = program("twice", "");
    numbers("a.jsonl", 0, 10);
    assertEquals(0, once(program, "state").code());
    copyState("state", "copy");
    Process first = program.start("--state", "state");
    Program beside = program.beside("second.log");
    Process second = beside.start("--state", "copy");
    for (int i = 1; i <= 60 && first.isAlive() && second.isAlive(); i++) {
      numbers("b" + i + ".jsonl", i * 10, i * 10 + 10);
      boolean unused = first.waitFor(250, TimeUnit.MILLISECONDS);
    }
    assertTrue(first.isAlive() != second.isAlive(), program.log() + beside.log());
    Program stopped = first.isAlive() ? beside : program;
    assertTrue(stopped.log().contains("R301"), stopped.log());
    Process goesOn = first.isAlive() ? first : second;
    int files = 0;
    try (var all = Files.list(folder.resolve("rows"))) {
      files = (int) all.count();
    }
    for (int i = 0;
        i < 600 && !server.rows("select count(*) from twice").equals(List.of(files * 10 + ""));
        i++) {
      boolean unused = goesOn.waitFor(100, TimeUnit.MILLISECONDS);
    }
    goesOn.destroy();
    goesOn.waitFor();
    assertRows(files * 10, "twice");
  }

  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    make("locked");
    Program program = program("locked", ", mode: upsert, key: id");
    numbers("a.jsonl", 0, 1000);
    assertEquals(0, once(program, "state").code());
    numbers("b.jsonl", 500, 1500);
    try (Connection other = server.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("set local deadlock_timeout = '1min'");
      statement.execute("update locked set name = 'other' where id = 700");
      Process run = program.start("--mode", "micro_batch", "--state", "state");
      while (server
          .rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
          .isEmpty()) {
        assertTrue(!run.waitFor(50, TimeUnit.MILLISECONDS), program.log());
      }
      statement.execute("update locked_epochs set rejects = rejects");
      other.commit();
      Outcome outcome = program.ended(run);
      assertEquals(0, outcome.code(), outcome::text);
    }
    assertEquals(
        List.of("1"),
        server.rows("select deadlocks from pg_stat_database where datname = 'postgres'"));
    assertRows(1500, "locked");
    assertEquals(List.of("n700"), server.rows("select name from locked where id = 700"));
  }

  @Test
  void aTableThatIsGoneStopsTheRunAndTheNextOneGoesOn() throws Exception {
    make("gone");
    Program program = program("gone", "");
    numbers("a.jsonl", 0, 1000);
    assertEquals(0, once(program, "state").code());
    numbers("b.jsonl", 1000, 2000);
    server.execute("alter table gone rename to hidden");
    Outcome missing = once(program, "state");
    assertEquals(7, missing.code(), missing::text);
    assertTrue(missing.text().contains("R320"), missing::text);
    server.execute("alter table hidden rename to gone");
    server.execute("alter table gone add column more int default 1 not null");

    assertEquals(0, once(program, "state").code());
    assertRows(2000, "gone");
  }

  @Test
  void aDatabaseThatWasRestoredStopsTheRun() throws Exception {
    make("restored");
    Program program = program("restored", "");
    numbers("a.jsonl", 0, 10);
    assertEquals(0, once(program, "state").code());
    numbers("b.jsonl", 10, 20);
    assertEquals(0, once(program, "state").code());
    server.execute("update restored_epochs set epoch = 1");
    server.execute("delete from restored where id >= 10");
    numbers("c.jsonl", 20, 30);

    Outcome outcome = once(program, "state");

    // The last epoch is delivered again, as after a crash: nothing is lost.
    assertEquals(0, outcome.code(), outcome::text);
    assertRows(30, "restored");
    server.execute("update restored_epochs set epoch = 1");
    Outcome lost = once(program, "state");
    assertEquals(7, lost.code(), lost::text);
    assertTrue(lost.text().contains("R302"), lost::text);
  }

  @Test
  void aServerThatStaysAwayEndsTheRunAndTheNextOneDelivers() throws Exception {
    make("away");
    Program program = program("away", ", retry: { give_up_after: 1s }");
    numbers("a.jsonl", 0, 1000);
    Process run = program.start("--state", "state");
    while (!server.rows("select count(*) from away").equals(List.of("1000"))) {
      assertTrue(!run.waitFor(50, TimeUnit.MILLISECONDS), program.log());
    }
    server.stop();
    try {
      numbers("b.jsonl", 1000, 2000);
      Outcome ended = program.ended(run);
      assertEquals(7, ended.code(), ended::text);
      // Refused, or without an answer while the pool waits.
      assertTrue(ended.text().contains("  R32"), ended::text);
    } finally {
      server.startAgain();
    }

    Outcome next = once(program, "state");
    assertEquals(0, next.code(), next::text);
    assertRows(2000, "away");
  }

  @Test
  void aRuleThatIsLookedAtWithTheCommitNamesItsRows() throws Exception {
    server.execute("create table parents (id bigint primary key)");
    server.execute("insert into parents select generate_series(0, 998)");
    server.execute(
        "create table children (id bigint primary key references parents (id) deferrable initially"
            + " deferred, name text)");
    Program program = program("children", "");
    program.write(
        program.text()
            + "dead_letter: { file: { path: letters/, format: json }, stop_above: { rate: 100%,"
            + " of_last: 9999 } }\n");
    numbers("a.jsonl", 0, 1000);

    Outcome outcome = once(program, "state");

    assertEquals(0, outcome.code(), outcome::text);
    assertRows(999, "children");
    String letters = String.join("\n", program.lines("letters"));
    assertTrue(letters.contains("\"id\":999"), letters);
    assertTrue(letters.contains("foreign key"), letters);
  }

  @Test
  void aTransactionThatCannotBeSerialisedIsTriedAgain() throws Exception {
    make("serial");
    Program program = program("serial", ", mode: upsert, key: id");
    numbers("a.jsonl", 0, 1000);
    assertEquals(0, once(program, "state").code());
    numbers("b.jsonl", 500, 1500);
    server.execute("alter role owner set default_transaction_isolation = 'repeatable read'");
    try (Connection other = server.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update serial set name = 'other' where id = 700");
      Process run = program.start("--mode", "micro_batch", "--state", "state");
      while (server
          .rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
          .isEmpty()) {
        assertTrue(!run.waitFor(50, TimeUnit.MILLISECONDS), program.log());
      }
      other.commit();
      Outcome outcome = program.ended(run);
      assertEquals(0, outcome.code(), outcome::text);
    } finally {
      server.execute("alter role owner reset default_transaction_isolation");
    }
    assertRows(1500, "serial");
    assertEquals(List.of("n700"), server.rows("select name from serial where id = 700"));
  }

  @Test
  void aColumnThatIsRemovedAmidARunStopsItAndTheNextOneGoesOn() throws Exception {
    make("shrunk");
    Program program = program("shrunk", "");
    numbers("a.jsonl", 0, 100);
    Process run = program.start("--state", "state");
    awaitRows("100", "shrunk", run, program);
    server.execute("alter table shrunk rename column name to title");
    numbers("b.jsonl", 100, 200);

    Outcome stopped = program.ended(run);

    assertEquals(7, stopped.code(), stopped::text);
    assertTrue(stopped.text().contains("R310"), stopped::text);
    assertRows(100, "shrunk");
    server.execute("alter table shrunk rename column title to name");
    assertEquals(0, once(program, "state").code());
    assertRows(200, "shrunk");
  }

  @Test
  void aRuleThatIsAddedAmidARunRefusesRowsOneByOne() throws Exception {
    make("ruled");
    Program program = program("ruled", "");
    program.write(
        program.text()
            + "dead_letter: { file: { path: letters/, format: json }, stop_above: { rate: 100%,"
            + " of_last: 9999 } }\n");
    numbers("a.jsonl", 0, 100);
    Process run = program.start("--state", "state");
    awaitRows("100", "ruled", run, program);
    server.execute("alter table ruled add constraint odd check (id % 10 <> 3) not valid");
    numbers("b.jsonl", 100, 200);
    awaitRows("190", "ruled", run, program);
    run.destroy();

    assertEquals(0, program.ended(run).code(), program.log());
    assertEquals(10, program.lines("letters").size());
  }

  private static void awaitRows(String count, String table, Process run, Program program)
      throws Exception {
    while (!server.rows("select count(*) from " + table).equals(List.of(count))) {
      assertTrue(!run.waitFor(50, TimeUnit.MILLISECONDS), program.log());
    }
  }
}
