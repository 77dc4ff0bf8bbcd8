package io.penstock.dsl.launcher.kill;

import io.penstock.core.runner.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@code engine/bench/kill.sh} starts. */
final class KillCommand {
  private static final List<String> MODES = List.of("continuous", "micro_batch");
  private static final int SMALL = 60_000;
  private static final int SMALL_FILES = 60;
  private static final int LEAST_HEAP = 16;
  private static final int MOST_HEAP = 96;
  private static final int CUT_ROWS = 200_000;
  private static final int SLOW_MINUTES = 10;
  private static final int TIMES = 3;
  private static final long SEED = 1;

  private final Program program;
  private final Path folder;
  private final List<String> arguments;

  private KillCommand(Program program, Path folder, List<String> arguments) {
    this.program = program;
    this.folder = folder;
    this.arguments = arguments;
  }

  /**
   * Does what is asked, and ends with 1 where an output is wrong.
   *
   * @param words the script that starts the command, or {@code -}; an empty folder; what to do;
   *     then as {@code kill.sh} says
   */
  public static void main(String[] words) throws IOException, InterruptedException {
    Program program =
        words[0].equals("-") ? Program.ofClasses() : Program.ofScript(Path.of(words[0]));
    List<String> all = List.of(words);
    KillCommand command =
        new KillCommand(program, Path.of(words[1]).toAbsolutePath(), all.subList(3, all.size()));
    Verdict verdict = command.run(words[2]);
    System.out.println(verdict);
    System.exit(verdict.equals(Verdict.CLEAN) ? 0 : 1);
  }

  private Verdict run(String what) throws IOException, InterruptedException {
    return switch (what) {
      case "continuous", "micro_batch" -> random(what);
      case "named" -> named();
      case "stop" -> stop();
      case "stuck" -> stuck();
      case "memory" -> memory();
      case "slow" -> slow();
      case "http" -> http();
      case "cut" ->
          new HttpCuts(program, CUT_ROWS)
              .all(folder, Duration.ofSeconds(number(0, 60)), number(1, 2));
      default -> throw new IllegalArgumentException("nothing is called " + what);
    };
  }

  private Verdict random(String mode) throws IOException, InterruptedException {
    Orders orders = new Orders(number(1, 150_000));
    return new RandomKills(program, mode, orders, new Random(number(2, SEED)))
        .all(folder, number(0, 1000));
  }

  private Verdict named() throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (String mode : MODES) {
      NamedKills kills = new NamedKills(program, mode, new Orders(SMALL), SMALL_FILES);
      for (CrashPoint point : CrashPoint.values()) {
        for (int nth = 1; nth <= TIMES; nth++) {
          Path here = folder.resolve(mode + "-" + point.text() + "-" + nth);
          Verdict verdict = kills.once(here, point, nth);
          all = all.plus(verdict);
          keepOrRemove(here, verdict);
        }
      }
      System.out.printf(
          "%s: %d places and times, %s%n  never reached: %s%n",
          mode, kills.reached().size(), all, kills.missed());
    }
    return all;
  }

  private Verdict stop() throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (String mode : MODES) {
      Orders orders = new Orders(number(1, 400_000));
      Stops stops = new Stops(program, mode, orders, new Random(number(2, SEED)));
      all = all.plus(stops.all(folder, number(0, 100)));
    }
    return all;
  }

  private Verdict stuck() throws IOException, InterruptedException {
    Program sticky = StuckCatalogue.program(folder.resolve("services"));
    Verdict all = Verdict.CLEAN;
    for (String mode : MODES) {
      for (StuckSinks.Where where : StuckSinks.Where.values()) {
        for (StuckSinks.By by : StuckSinks.By.values()) {
          StuckSinks stuck = new StuckSinks(sticky, mode, new Orders(SMALL));
          for (int time = 0; time < number(0, TIMES); time++) {
            Path here = folder.resolve(mode + "-" + where + "-" + by + "-" + time);
            Verdict verdict = stuck.once(here, where, by);
            all = all.plus(verdict);
            keepOrRemove(here, verdict);
          }
          System.out.printf(
              "%s, stuck %s, ended by %s: exit 4 after %s ms, %s%n",
              mode, where, by, stuck.millis(), all);
        }
      }
    }
    return all;
  }

  private Verdict memory() throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (String mode : MODES) {
      SmallHeaps heaps = new SmallHeaps(program, mode, new Orders(400_000));
      Path here = folder.resolve(mode);
      int[] sizes =
          IntStream.iterate(LEAST_HEAP, heap -> heap <= MOST_HEAP, heap -> heap + 4).toArray();
      Verdict verdict = heaps.inTurn(here, sizes);
      all = all.plus(verdict);
      System.out.printf("%s: MiB and exit codes %s, %s%n", mode, new TreeMap<>(heaps.codes()), all);
      keepOrRemove(here, verdict);
    }
    return all;
  }

  private Verdict slow() throws IOException, InterruptedException {
    if (!new SlowReader(program, folder).reads(number(0, SLOW_MINUTES))) {
      throw new AssertionError("the heap is not steady");
    }
    return Verdict.CLEAN;
  }

  private Verdict http() throws IOException, InterruptedException {
    Verdict all = Verdict.CLEAN;
    for (String mode : MODES) {
      HttpKills kills =
          new HttpKills(program, mode, number(1, 40_000), new Random(number(2, SEED)));
      all = all.plus(kills.all(folder, number(0, 100)));
    }
    return all;
  }

  private int number(int place, long otherwise) {
    return Optional.of(arguments)
        .filter(given -> given.size() > place)
        .map(given -> Integer.parseInt(given.get(place)))
        .orElse((int) otherwise);
  }

  /** Nobody wants to look at what is as it should be. */
  static void keepOrRemove(Path folder, Verdict verdict) throws IOException {
    if (!verdict.equals(Verdict.CLEAN)) {
      System.out.println("kept: " + folder);
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
