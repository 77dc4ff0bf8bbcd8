package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --connect} tells each cause by a code of its own, all in one run. */
final class JdbcConnectTest {
  @TempDir static Path data;
  private static Postgres server;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    server = Postgres.in(data);
    server.execute("create table good (id int primary key, name text)");
    server.execute("create table kept (id int primary key)");
    server.execute("create role reader login password 'read'");
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  private Program.Outcome validate(String pipeline) throws Exception {
    Program program = new Program(folder);
    program.write(pipeline);
    return program.ended(program.command("validate", "pipeline.yaml", "--connect"));
  }

  private static void assertSays(Program.Outcome outcome, String text) {
    assertTrue(outcome.text().contains(text), outcome::text);
  }

  @Test
  void whatFitsIsNoProblemAndNothingIsMade() throws Exception {
    Program.Outcome outcome =
        validate(
            """
            sources:
              rows:
                jdbc: { %1$s, table: good, key: id }
                schema: { id: int, name: optional string }
            sinks:
              out: { from: rows, jdbc: { %1$s, table: good } }
            """
                .formatted(server.options()));

    assertEquals(0, outcome.code(), outcome::text);
    assertEquals(
        List.of("good", "kept"),
        server.rows("select tablename from pg_tables where schemaname = 'public' order by 1"));
  }

  @Test
  void eachCauseIsTold() throws Exception {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone.close();
      String options = server.options();
      Program.Outcome outcome =
          validate(
              """
              sources:
                unfit:
                  jdbc: { %1$s, table: good, key: id }
                  schema: { id: int, missing: optional string }
                absent:
                  jdbc: { %1$s, table: nothing, key: id }
                  schema: { id: int }
                closed:
                  jdbc: { %6$s, table: good, key: id }
                  schema: { id: int }
              sinks:
                nowhere: { from: absent, jdbc: { %2$s, table: good } }
                refused: { from: absent, jdbc: { %3$s, table: good } }
                wrong: { from: absent, jdbc: { %4$s, table: good } }
                other: { from: absent, jdbc: { %5$s, table: good } }
                unfit_out: { from: unfit, jdbc: { %1$s, table: kept } }
                rest: { from: closed, discard: {} }
              """
                  .formatted(
                      options,
                      options.replaceFirst("host: [^,]+", "host: no-such-host.invalid"),
                      options.replaceFirst("port: [0-9]+", "port: " + gone.getLocalPort()),
                      options.replace("${PGPASSWORD:-right}", "not-this"),
                      options.replace("database: postgres", "database: nowhere"),
                      options
                          .replace("user: owner", "user: reader")
                          .replace("${PGPASSWORD:-right}", "${PGREADER:-read}")));

      assertEquals(2, outcome.code(), outcome::text);
      assertSays(outcome, ":2:3  R220  ");
      assertSays(outcome, ":5:3  R220  ");
      assertSays(outcome, ":8:3  R226  ");
      assertSays(outcome, ":12:3  R321  ");
      assertSays(outcome, ":13:3  R322  ");
      assertSays(outcome, ":14:3  R325  ");
      assertSays(outcome, ":15:3  R327  ");
      assertSays(outcome, ":16:3  R320  ");
      assertFalse(outcome.text().contains("not-this"), outcome::text);
    }
  }

  @Test
  void rightsToWriteAreAskedAndNothingIsWritten() throws Exception {
    server.execute("create table mine (id int primary key, name text)");
    server.execute("grant select on mine to reader");
    server.execute("create table partly (id int primary key, name text)");
    server.execute("grant select, insert (id, name), update (id) on partly to reader");
    server.execute("create table other_epochs (run text)");
    String reader =
        server
            .options()
            .replace("user: owner", "user: reader")
            .replace("${PGPASSWORD:-right}", "${PGREADER:-read}");

    Program.Outcome outcome =
        validate(
            """
            sources:
              rows: { jdbc: { %1$s, table: good, key: id }, schema: { id: int, name: optional string } }
            sinks:
              no_insert: { from: rows, jdbc: { %2$s, table: mine } }
              no_update: { from: rows, jdbc: { %2$s, table: partly, mode: upsert, key: id } }
              enough: { from: rows, jdbc: { %2$s, table: partly } }
              no_epochs: { from: rows, jdbc: { %2$s, table: partly, epochs: other_epochs } }
            """
                .formatted(server.options(), reader));

    assertEquals(2, outcome.code(), outcome::text);
    assertSays(outcome, ":4:3  R326  ");
    assertSays(outcome, "the user `reader` lacks INSERT on `mine`");
    assertSays(outcome, ":5:3  R326  ");
    assertSays(outcome, "lacks UPDATE on `partly`");
    assertSays(outcome, ":6:3  W540  ");
    assertSays(outcome, "CREATE in schema `public`");
    assertSays(outcome, ":7:3  W540  ");
    assertSays(outcome, "SELECT on `other_epochs`");
    assertEquals(List.of("0"), server.rows("select count(*) from partly"));
  }

  @Test
  void aFileOfH2IsOnlyRead() throws Exception {
    String shop = "jdbc:h2:file:" + folder.resolve("shop");
    try (Connection owner = DriverManager.getConnection(shop, "owner", "");
        Statement statement = owner.createStatement()) {
      statement.execute("create table \"items\" (\"id\" bigint primary key)");
      statement.execute("create user guest password 'guest'");
      statement.execute("grant select on \"items\" to guest");
    }
    Files.writeString(folder.resolve("rows.jsonl"), "");
    FileTime before = Files.getLastModifiedTime(folder.resolve("shop.mv.db"));

    Program.Outcome outcome =
        validate(
            """
            sources:
              rows: { file: rows.jsonl, schema: { id: int } }
            sinks:
              mine: { from: rows, jdbc: { kind: h2, database: shop, auth: { user: owner }, table: items } }
              theirs: { from: rows, jdbc: { kind: h2, database: shop, auth: { user: guest, password: "${H2:-guest}" }, table: items } }
              absent: { from: rows, jdbc: { kind: h2, database: none, table: items } }
            """);

    assertEquals(2, outcome.code(), outcome::text);
    assertTrue(!outcome.text().contains(":4:3"), outcome::text);
    assertSays(outcome, ":5:3  R326  ");
    assertSays(outcome, "Admin rights are required");
    assertSays(outcome, ":6:3  R327  ");
    assertEquals(before, Files.getLastModifiedTime(folder.resolve("shop.mv.db")));
    assertTrue(Files.notExists(folder.resolve("none.mv.db")), "a database was made");
  }
}
