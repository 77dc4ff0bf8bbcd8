package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds for kills with PostgreSQL holds with MariaDB, and, by {@code engine/bench/mysql.sh},
 * with MySQL.
 */
final class MariaKillsTest {
  private static final int KILLS = 5;
  private static final int ROWS = 200_000;

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

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRowIsThereOnceAfterKillsOfTheProcess(String mode) throws Exception {
    Kills kills = new Kills(server, new ToTable(server, folder, mode, ROWS, "to_" + mode), 7);

    assertEquals(Kills.Verdict.CLEAN, kills.ofTheProcess(KILLS));
    assertTrue(kills.kills() > 0);
  }

  @Test
  void everyRowIsThereOnceAfterKillsOfTheServer() throws Exception {
    Kills kills =
        new Kills(server, new ToTable(server, folder, "continuous", ROWS, "to_server"), 8);

    assertEquals(Kills.Verdict.CLEAN, kills.ofTheServer(3));
    assertTrue(kills.kills() > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyRowIsReadOnceThoughTheProcessIsKilled(int ranges) throws Exception {
    Kills.Trial trial = new FromTable(server, folder, ROWS, "from_table_" + ranges, ranges);
    Kills kills = new Kills(server, trial, 9);

    assertEquals(Kills.Verdict.CLEAN, kills.ofTheProcess(KILLS));
    assertTrue(kills.kills() > 0);
  }

  @Test
  void everyRowIsReadOnceThoughTheServerIsKilled() throws Exception {
    Kills kills = new Kills(server, new FromTable(server, folder, ROWS, "from_server", 1), 10);

    assertEquals(Kills.Verdict.CLEAN, kills.ofTheServer(3));
    assertTrue(kills.kills() > 0);
  }
}
