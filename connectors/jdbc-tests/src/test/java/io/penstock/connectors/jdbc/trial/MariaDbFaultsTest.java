package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others do to MariaDB loses and doubles nothing, and who may not is told so; the same holds
 * for MySQL, by {@code engine/bench/mysql.sh}.
 */
final class MariaDbFaultsTest {
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
  void passwordsHostsAndDatabasesThatAreWrongAreSaid() throws Exception {
    server.execute("create table somewhere (id bigint, name text)");
    server.execute("create user guest identified by 'guest'");
    numbers("a.jsonl", 0, 1);
    Program program = program(NUMBERS, "table: somewhere");
    String right = program.text();

    program.write(right.replace("MARIADB_PASSWORD:-right", "MARIADB_PASSWORD:-secret-word"));
    Outcome password = program.run();
    assertEnded(7, password);
    assertSays("R325", password.text());
    assertSays("refuses the user `owner`", password.text());
    assertTrue(!password.text().contains("secret-word"), password::text);

    program.write(right.replace("database: shop", "database: nowhere"));
    assertSays("there is no such database", program.run().text());

    program.write(
        right
            .replace("user: owner", "user: guest")
            .replace("MARIADB_PASSWORD:-right", "MARIADB_GUEST:-guest"));
    assertSays("R326", program.run().text());

    program.write(right.replace("port: " + server.port(), "port: 1"));
    assertSays("nobody answers", program.run().text());

    program.write(right.replace("host: 127.0.0.1", "host: nobody.invalid"));
    assertSays("nobody knows the host", program.run().text());

    program.write(right.replace("timeout: 5s", "timeout: 5s, tls: {}"));
    assertSays("do not trust each other", program.run().text());

    program.write(right.replace("timeout: 5s", "timeout: 5s, tls: { verify: none }"));
    assertEnded(0, program.run());
  }

  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    server.execute("create table locked (id bigint primary key, name text not null)");
    Program program =
        program(NUMBERS, "table: locked, epochs: locked_epochs, mode: upsert, key: id");
    program.write(
        program.text().replace("file: rows/*.jsonl", "file: { path: rows/*.jsonl, watch: true }"));
    numbers("a.jsonl", 0, 1000);
    assertEnded(0, program.run(KEPT));
    numbers("b.jsonl", 500, 1500);
    try (Connection other = server.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // The one that has written less is the one that is undone.
      statement.execute("create temporary table weight (n int)");
      statement.execute("update locked set name = concat(name, '') where id < 400");
      statement.execute("update locked set name = 'other' where id = 700");
      Process run = program.start(KEPT);
      awaitProcess("info like 'INSERT%' and " + server.waits(), run, program);
      statement.execute("update locked_epochs set rejects = rejects");
      other.commit();
      assertEnded(0, program.ended(run));
    }
    assertEquals(List.of("1500 1500 0 1499"), count("locked"));
    assertEquals(List.of("n700"), server.rows("select name from locked where id = 700"));
  }

  @Test
  void aLockThatIsHeldForTooLongIsWaitedForAgain() throws Exception {
    server.execute("create table held (id bigint primary key, name text not null)");
    server.execute("insert into held values (7, 'there')");
    server.execute("set global innodb_lock_wait_timeout = 3");
    numbers("a.jsonl", 0, 100);
    Program program = program(NUMBERS, "table: held, epochs: held_epochs, mode: upsert, key: id");
    try (Connection other = server.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update held set name = 'other' where id = 7");
      Process run = program.start(KEPT);
      // It waits for the lock, gives up, and waits for it once more.
      awaitProcess("info like 'INSERT%' and " + server.waits(), run, program);
      awaitNone("info like 'INSERT%'", run, program);
      awaitProcess("info like 'INSERT%'", run, program);
      other.commit();
      assertEnded(0, program.ended(run));
    } finally {
      server.execute("set global innodb_lock_wait_timeout = 50");
    }
    assertEquals(List.of("100 100 0 99"), count("held"));
    assertEquals(List.of("n7"), server.rows("select name from held where id = 7"));
  }

  @Test
  void aRunWithACopyOfTheStateIsStopped() throws Exception {
    server.execute("create table copied (id bigint primary key, name text not null)");
    Program program = program(NUMBERS, "table: copied");
    numbers("a.jsonl", 0, 1000);
    assertEnded(0, program.run("--mode", "micro_batch", "--state", "state"));
    Process copy =
        new ProcessBuilder("cp", "-r", "state", "copy").directory(folder.toFile()).start();
    assertEquals(0, copy.waitFor());
    server.execute("update penstock_epochs set epoch = 2, writer = 'another'");

    Outcome stopped = program.run("--mode", "micro_batch", "--state", "copy");

    assertEnded(3, stopped);
    assertSays("R301", stopped.text());
  }

  @Test
  void rightsToWriteAreAskedAndNothingIsWritten() throws Exception {
    server.execute("create table mine (id bigint primary key, name text not null)");
    server.execute("create user reader identified by 'read'");
    server.execute("grant select on shop.* to reader");
    server.execute("create table some (id bigint primary key, name text not null)");
    server.execute("grant insert on shop.some to reader");
    String reader =
        server
            .options()
            .replace("user: owner", "user: reader")
            .replace("MARIADB_PASSWORD:-right", "MARIADB_READER:-read");
    Program program = new Program(folder);
    program.write(
        """
        sources:
          rows: { file: rows.jsonl, schema: { id: int, name: string } }
        sinks:
          owner: { from: rows, jdbc: { %1$s, table: mine, mode: upsert, key: id } }
          no_insert: { from: rows, jdbc: { %2$s, table: mine } }
          no_update: { from: rows, jdbc: { %2$s, table: some, mode: upsert, key: id } }
          enough: { from: rows, jdbc: { %2$s, table: some } }
        """
            .formatted(server.options(), reader));
    Files.writeString(folder.resolve("rows.jsonl"), "");

    Outcome outcome = program.ended(program.command("validate", "pipeline.yaml", "--connect"));

    assertEnded(2, outcome);
    assertTrue(!outcome.text().contains(":4:3"), outcome::text);
    assertSays(":5:3  R326  ", outcome.text());
    assertSays("INSERT command denied to user 'reader'", outcome.text());
    assertSays(":6:3  R326  ", outcome.text());
    assertSays("UPDATE command denied to user 'reader'", outcome.text());
    assertTrue(!outcome.text().contains(":7:3  R"), outcome::text);
    assertEquals(List.of("0"), server.rows("select count(*) from mine"));
  }

  private static void awaitProcess(String condition, Process run, Program program)
      throws Exception {
    while (!isThere(condition)) {
      assertTrue(!run.waitFor(20, TimeUnit.MILLISECONDS), program.log());
    }
  }

  private static void awaitNone(String condition, Process run, Program program) throws Exception {
    while (isThere(condition)) {
      assertTrue(!run.waitFor(20, TimeUnit.MILLISECONDS), program.log());
    }
  }

  private static boolean isThere(String condition) throws Exception {
    return !server
        .rows("select 1 from information_schema.processlist where " + condition)
        .isEmpty();
  }
}
