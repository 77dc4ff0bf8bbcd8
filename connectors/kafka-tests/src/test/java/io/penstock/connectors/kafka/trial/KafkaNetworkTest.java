package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may go wrong on the way between a process and its broker. */
final class KafkaNetworkTest {
  @TempDir static Path data;
  private static Cuts cuts;

  @TempDir Path folder;

  @BeforeAll
  static void starts() throws IOException {
    cuts = Cuts.in(data);
  }

  @AfterAll
  static void ends() throws IOException {
    cuts.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.State.class,
      names = {"RESET", "SILENT"})
  void aWayThatIsCutIsWaitedForAndNothingIsLostOrDoubled(Wire.State cut) throws Exception {
    String name = "cut-" + cut.name().toLowerCase(Locale.ROOT);
    // Longer than an answer and a transaction may take.
    Duration length = Duration.ofSeconds(6);

    Verdict verdict = cuts.round(folder, name, cut, 2, length, "transaction_timeout: 3s");

    assertEquals(Verdict.CLEAN, verdict);
    int last = cuts.threads().size() - 1;
    assertTrue(cuts.threads().get(last) <= cuts.threads().get(0) + 1, cuts.threads()::toString);
    cuts.threads().clear();
  }

  @Test
  void aSlowWayChangesNothing() throws Exception {
    assertEquals(Verdict.CLEAN, cuts.slow(folder, "slow"));
  }
}
