package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code state show} says of rows that wait for a sink. */
final class WaitingRowsShownTest {
  @TempDir Path folder;

  private String shown(String text) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: ticks
        sources:
          ticks: { generator: { count: 30, fields: { text: "%s" } } }
        sinks:
          out: { file: rows.jsonl }
        """
            .formatted(text));
    Outcome run = play("run", "pipeline.yaml", "--mode", "micro_batch", "--state", "kept");
    assertEquals(0, run.code(), run::all);
    Outcome shown = play("state", "show", "kept");
    assertEquals(0, shown.code(), shown::all);
    assertFalse(shown.out().contains("inside:"), shown.out());
    return shown.out();
  }

  private Outcome play(String... words) {
    return new Terminal(folder).run(words);
  }

  @Test
  void fewOfThemAreInTheCheckpoint() throws IOException {
    String text = shown("'few'");

    assertTrue(text.contains("in: checkpoint"), text);
    assertFalse(text.contains("name: out-"), text);
  }

  @Test
  void manyOfThemAreInAFile() throws IOException {
    String text = shown("repeat('much' + n, 5000)");

    assertTrue(text.contains("in: out-"), text);
  }
}
