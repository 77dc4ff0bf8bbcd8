package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.network.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent and received by HTTP is neither lost nor sent twice under two keys. */
final class HttpKillTest {
  private static final int KILLS = 5;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRowArrivesAndRowsThatComeTwiceHaveOneKey(String mode) throws Exception {
    HttpKills kills = new HttpKills(Program.ofClasses(), mode, 40_000, new Random(7));

    assertEquals(Verdict.CLEAN, kills.round(folder, KILLS));
    assertEquals(KILLS, kills.kills());
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.State.class,
      names = {"RESET", "SILENT"})
  void aWayThatIsCutIsWaitedFor(Wire.State cut) throws Exception {
    HttpCuts cuts = new HttpCuts(Program.ofClasses(), 40_000);

    // Longer than an answer may take.
    assertEquals(Verdict.CLEAN, cuts.round(folder, cut, Duration.ofSeconds(4), 2));
    assertTrue(cuts.cuts() > 0);
    int last = cuts.threads().size() - 1;
    // The JDK's client has threads for what is under way, and lets go of them in its time.
    assertTrue(cuts.threads().get(last) <= cuts.threads().get(0) + 2, cuts.threads()::toString);
  }

  @Test
  void whatASenderHasBeenAnsweredIsThere() throws Exception {
    ServerKills kills = new ServerKills(Program.ofClasses(), 400, new Random(7));

    assertEquals(Verdict.CLEAN, kills.round(folder, KILLS));
  }
}
