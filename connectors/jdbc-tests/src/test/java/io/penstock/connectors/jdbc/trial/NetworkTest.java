package io.penstock.connectors.jdbc.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may go wrong on the way between a process and its database. */
final class NetworkTest {
  private static final int ROWS = 500_000;

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

  @ParameterizedTest
  @EnumSource(
      value = Wire.State.class,
      names = {"RESET", "SILENT"})
  void aWayThatIsCutIsWaitedForAndNothingIsLostOrDoubled(Wire.State cut) throws Exception {
    Cuts cuts = new Cuts(server, ROWS);
    String table = "cut_" + cut.name().toLowerCase(Locale.ROOT);

    // Longer than an answer may take.
    assertEquals(Kills.Verdict.CLEAN, cuts.round(folder, table, cut, 2, Duration.ofSeconds(5)));
    assertTrue(cuts.cuts() > 0);
    int last = cuts.threads().size() - 1;
    assertTrue(cuts.threads().get(last) <= cuts.threads().get(0) + 1, cuts.threads()::toString);
  }
}
