package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts a pipeline, one of whose steps holds more than memory does, with one small heap after the
 * other. Each process must end by itself and say in one sentence what is the matter; then one with
 * enough memory goes on to the end.
 */
final class SmallHeaps {
  private static final int WORLD = 5;
  private static final int FILES = 40;
  private static final String ENOUGH = "-Xmx1g";

  private final Program program;
  private final String mode;
  private final Orders orders;
  private final Map<Integer, Integer> codes = new TreeMap<>();

  /**
   * Runs in one mode.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   */
  SmallHeaps(Program program, String mode, Orders orders) {
    this.program = program;
    this.mode = mode;
    this.orders = orders;
  }

  /** How the processes ended, by the megabytes they had. */
  Map<Integer, Integer> codes() {
    return Map.copyOf(codes);
  }

  /** One pipeline with these heaps in turn, each in MiB. */
  Verdict inTurn(Path folder, int... heaps) throws IOException, InterruptedException {
    Trial trial = new Trial(folder, program, Shape.GATHERS, mode, orders, FILES);
    for (int heap : heaps) {
      Process process = trial.start(heap + " MiB", "-Xmx" + heap + "m");
      int code = trial.ended(process);
      codes.put(heap, code);
      if (code != 0 && !(code == WORLD && isOneSentence(trial.said()))) {
        throw trial.failure("exit " + code);
      }
    }
    trial.finished(trial.start("enough", ENOUGH));
    return trial.verdict();
  }

  private static boolean isOneSentence(String said) {
    return said.contains("memory") && said.contains("-Xmx") && !said.contains("\tat ");
  }
}
