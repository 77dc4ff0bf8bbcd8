package io.penstock.core.run;

import io.penstock.api.option.DataSize;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.reference.Generator;
import io.penstock.testkit.reference.Mistake;
import io.penstock.testkit.reference.Pipe;
import io.penstock.testkit.reference.Reference;
import io.penstock.testkit.reference.Smaller;
import io.penstock.testkit.simulation.Chance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the engine gives what the reference says, for the pipeline of a seed: in either mode, in
 * batches of any size, in much memory or little, on one thread that chooses each step, and with
 * processes that are lost.
 *
 * @param mistake what the reference gets wrong
 * @param from where readers begin
 * @param loss what is lost with a process
 */
record Agreement(Mistake mistake, PartedRows.From from, Loss loss) {
  /** Nothing is wrong. */
  static final Agreement RIGHT =
      new Agreement(Mistake.NONE, PartedRows.From.THERE, (checkpoints) -> {});

  /** What is lost when a process is. */
  @FunctionalInterface
  interface Loss {
    void lose(Checkpoints checkpoints) throws IOException;
  }

  private static final Path STATE = Path.of("/srv/.penstock/test");
  private static final String AGAIN =
      "again: mvn -B -Dquick test -pl engine/core -am -Dtest=AgreementTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.seed=";
  private static final int TO_SHRINK = 300;
  private static final long MUCH = 64 << 20;

  /** Less than a few dozen rows take. */
  private static final long LITTLE = 12_000;

  /** What differs for a seed, told at length with the least that shows it; empty for nothing. */
  Optional<String> difference(long seed) {
    Pipe pipe = Generator.pipe(seed);
    if (agrees(pipe, seed)) {
      return Optional.empty();
    }
    Pipe least = Smaller.of(pipe, TO_SHRINK, smaller -> !agrees(smaller, seed));
    List<String> lines = new ArrayList<>();
    lines.add("seed " + seed);
    lines.addAll(least.lines());
    Map<String, List<String>> wanted = Reference.outputs(least, mistake);
    Map<String, List<String>> given = outputs(least, seed, wanted.keySet());
    wanted.forEach(
        (name, rows) -> {
          List<String> found = given.getOrDefault(name, List.of("nothing"));
          if (!rows.equals(found)) {
            lines.add(name + " wanted " + rows);
            lines.add(name + " given  " + found);
          }
        });
    given.getOrDefault("", List.of()).forEach(lines::add);
    lines.add(AGAIN + seed);
    return Optional.of(String.join("\n", lines));
  }

  /** Whether nothing differs for a seed. */
  boolean holds(long seed) {
    return agrees(Generator.pipe(seed), seed);
  }

  private boolean agrees(Pipe pipe, long seed) {
    Map<String, List<String>> wanted = Reference.outputs(pipe, mistake);
    return wanted.equals(outputs(pipe, seed, wanted.keySet()));
  }

  /** The rows of each output; a run that goes wrong is told under no name. */
  private Map<String, List<String>> outputs(Pipe pipe, long seed, Set<String> names) {
    Random chance = Chance.of(seed, 21);
    Duration drift = Duration.ofNanos(pipe.unit() * 1000 * (1 + chance.nextInt(60)));
    PipePlan plan = new PipePlan(pipe, drift, seed, from);
    Map<String, List<String>> outputs = new TreeMap<>();
    Optional<String> wrong = Optional.empty();
    try {
      wrong = run(plan, chance);
    } catch (RuntimeException | IOException | AssertionError e) {
      wrong = Optional.of(e + " " + List.of(e.getStackTrace()).subList(0, 4));
    }
    wrong.ifPresent(text -> outputs.put("", List.of(text)));
    plan.outputs()
        .forEach(
            (name, all) -> {
              if (names.contains(name + Pipe.IN_ORDER)) {
                outputs.put(name + Pipe.IN_ORDER, all);
              }
              List<String> rows = new ArrayList<>(all);
              Collections.sort(rows);
              outputs.put(name, rows);
            });
    return outputs;
  }

  /** What went wrong with the last of the runs, if anything. */
  private Optional<String> run(PipePlan plan, Random chance) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    ManualClock clock = new ManualClock(1_000_000);
    boolean kept = chance.nextInt(3) > 0;
    for (int kills = kept ? chance.nextInt(4) : 0; kills > 0; kills--) {
      try {
        RunReport report = live(plan, disk, clock, chance, kept, 1 + chance.nextInt(150));
        if (report.problem().isPresent()) {
          return Optional.of(report.toString());
        }
      } catch (Killed e) {
        disk.letGoOfLocks();
        loss.lose(new Checkpoints(disk, STATE.resolve("ck")));
      }
    }
    RunReport report = live(plan, disk, clock, chance, kept, Integer.MAX_VALUE);
    return report.problem().map(problem -> problem + " " + report);
  }

  /** One process, which is lost after so many choices. */
  private static RunReport live(
      PipePlan plan, MemoryDisk disk, ManualClock clock, Random chance, boolean kept, int most) {
    LogicalPlan bare = plan.pipelines().plan();
    RunSettings standard = RunSettings.standard();
    RunSettings settings =
        new RunSettings(
            Optional.of(
                chance.nextBoolean() ? RunSettings.Mode.MICRO_BATCH : RunSettings.Mode.CONTINUOUS),
            Duration.ofMillis(1 + chance.nextInt(12)),
            1 + chance.nextInt(chance.nextBoolean() ? 4 : 40),
            DataSize.mebibytes(1),
            standard.stopRate(),
            standard.stopOfLast(),
            Optional.empty(),
            Optional.empty(),
            kept);
    LogicalPlan made =
        new LogicalPlan(bare.name(), bare.nodes(), bare.tables(), bare.deadLetter(), settings);
    long memory = chance.nextBoolean() || !plan.spills() ? MUCH : LITTLE;
    SteppedRun run =
        new SteppedRun(made, request(disk, clock, chance, kept, memory), 1 + chance.nextInt(3));
    int[] left = {most};
    boolean stops = chance.nextInt(4) == 0;
    return run.toTheEnd(
        () -> {
          if (left[0]-- == 0) {
            if (!stops) {
              throw new Killed();
            }
            run.running().stop();
          }
          clock.advance(Duration.ofMillis(1));
          return chance.nextInt(1 << 20);
        });
  }

  private static RunRequest request(
      MemoryDisk disk, ManualClock clock, Random chance, boolean kept, long memory) {
    int forced = chance.nextInt(4);
    return new RunRequest(
        Optional.empty(),
        1 + chance.nextInt(3),
        forced == 0 ? OptionalInt.empty() : OptionalInt.of(List.of(1, 3, 7).get(forced - 1)),
        chance.nextBoolean(),
        CompileMode.OFF,
        Path.of("/srv"),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        7,
        disk,
        clock,
        new Alone(clock, () -> {}),
        OutputStream.nullOutputStream(),
        InputStream.nullInputStream(),
        line -> {},
        kept ? Optional.of(new KeptState(STATE, false, List.of())) : Optional.empty(),
        memory,
        Path.of("/srv/spill"),
        CrashPoints.NONE);
  }
}
