package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.jdbc.trial.Program.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What MySQL has and MariaDB has not; run by {@code engine/bench/mysql.sh} only. */
final class MySqlTrial {
  private static final String KEY = ", properties: { allowPublicKeyRetrieval: true }";

  @TempDir static Path data;
  private static Server server;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws Exception {
    server = MySqlServer.in(data).orElseThrow();
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  /** A server that has seen the right password once asks for less, so each user is a new one. */
  private Program asked(String user, String old, String now) throws Exception {
    server.execute("create user " + user + " identified by 'hidden'");
    server.execute("grant all on shop.* to " + user);
    server.execute("create table of_" + user + " (id bigint primary key, name text)");
    RowsToTable rows = new RowsToTable(server, folder);
    rows.numbers("a.jsonl", 0, 10);
    Program program = rows.program(RowsToTable.NUMBERS, "table: of_" + user);
    program.write(
        program
            .text()
            .replace("user: owner", "user: " + user)
            .replace("MARIADB_PASSWORD:-right", "MYSQL_PASSWORD:-hidden")
            .replace(old, now));
    return program;
  }

  @Test
  void aPasswordThatNothingHidesIsNotSent() throws Exception {
    Outcome refused = asked("open_way", KEY, "").run();

    assertEquals(7, refused.code(), refused::text);
    assertTrue(refused.text().contains("R325"), refused::text);
    assertTrue(refused.text().contains("help: set `tls`; or"), refused::text);
    assertTrue(!refused.text().contains("hidden\""), refused::text);
    assertEquals(List.of("0"), server.rows("select count(*) from of_open_way"));
  }

  @Test
  void tlsHidesIt() throws Exception {
    Outcome run = asked("tls_way", KEY, ", tls: { verify: none }").run();

    assertEquals(0, run.code(), run::text);
    assertEquals(List.of("10"), server.rows("select count(*) from of_tls_way"));
  }

  @Test
  void theServersKeyHidesIt() throws Exception {
    Outcome run = asked("key_way", "", "").run();

    assertEquals(0, run.code(), run::text);
    assertEquals(List.of("10"), server.rows("select count(*) from of_key_way"));
  }
}
