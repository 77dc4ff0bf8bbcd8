package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void whatASenderHasBeenAnsweredIsThere() throws Exception {
    ServerKills kills = new ServerKills(Program.ofClasses(), 400, new Random(7));

    assertEquals(Verdict.CLEAN, kills.round(folder, KILLS));
  }
}
