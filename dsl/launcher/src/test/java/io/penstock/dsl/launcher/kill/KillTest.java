package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed loses and doubles nothing; and the judge sees it where one does. */
final class KillTest {
  private static final int KILLS = 5;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void everyRowIsThereOnceAfterKills(String mode) throws Exception {
    KillLoop loop = new KillLoop(folder, mode, new Orders(100_000), new Random(7));
    int unused = loop.killed(KILLS);

    assertEquals(Verdict.CLEAN, loop.verdict());
  }

  @Test
  void theJudgeSeesWhatIsLostDoubledReorderedAndCorrupt() throws Exception {
    KillLoop loop = new KillLoop(folder, "continuous", new Orders(2_000), new Random(7));
    int unused = loop.killed(0);
    Path all = folder.resolve("all.jsonl");
    java.util.List<String> lines = new java.util.ArrayList<>(Files.readAllLines(all));
    lines.remove(5);
    lines.set(7, lines.get(7).replace("\"value\":", "\"value\":9"));
    lines.add(lines.get(3));
    Files.write(all, lines);

    assertEquals(new Verdict(1, 1, 1, 1, 0), loop.verdict());
  }
}
