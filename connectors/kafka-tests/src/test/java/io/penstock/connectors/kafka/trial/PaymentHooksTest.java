package io.penstock.connectors.kafka.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pipeline takes requests into topics, also where it is killed. */
final class PaymentHooksTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void makeFolder() throws Exception {
    data = Files.createDirectories(folder.resolve("broker"));
  }

  @Test
  void eachAnsweredEventIsThereOnceThoughThePipelineIsKilled() throws Exception {
    try (Broker broker = Broker.in(data)) {
      PaymentHooks hooks = PaymentHooks.in(folder.resolve("run"), broker, 7);

      Outcome outcome = hooks.run(5);

      assertEquals(0, outcome.code(), outcome::text);
      List<String> all =
          Stream.of("payments-settled", "payments-refused", "payments-others")
              .flatMap(topic -> hooks.values(topic).stream())
              .map(text -> text.replaceAll(".*\"event_id\":\"([^\"]+)\".*", "$1"))
              .sorted()
              .toList();
      assertEquals(IntStream.range(0, hooks.sent()).mapToObj(n -> "e-" + n).sorted().toList(), all);
      assertEquals(List.of(), hooks.values("payments-late"));
      assertEquals(List.of(), hooks.values("hooks-dead"));
    }
  }

  @Test
  void whoHasNoKeyIsTurnedAwayAndWhatIsNoEventIsAnsweredAndKept() throws Exception {
    try (Broker broker = Broker.in(data)) {
      PaymentHooks hooks = PaymentHooks.in(folder.resolve("run"), broker, 7);

      assertEquals(401, hooks.answered("{}", "wrong"));
      assertEquals(400, hooks.answered("{not json", "right"));

      List<String> dead = hooks.values("hooks-dead");
      assertEquals(1, dead.size());
      assertTrue(dead.get(0).contains("\"code\":\"D101\""), dead.get(0));
    }
  }
}
