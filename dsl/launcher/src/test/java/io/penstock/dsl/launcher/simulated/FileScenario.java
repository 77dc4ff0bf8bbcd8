package io.penstock.dsl.launcher.simulated;

import io.penstock.api.option.Catalogue;
import io.penstock.api.option.DataSize;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.report.RunReport;
import io.penstock.core.run.SteppedRun;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.text.SourceText;
import io.penstock.testkit.simulation.Life;
import io.penstock.testkit.simulation.Scenario;
import io.penstock.testkit.simulation.SimulatedScheduler;
import io.penstock.testkit.simulation.World;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.ServiceLoader;

/** A pipeline from files to files, as its author writes it, in a simulated world. */
final class FileScenario implements Scenario {
  private static final Path STATE = Path.of("/srv/.penstock/files");
  private static final long MEMORY = 64 << 20;
  private static final Duration REST = Duration.ofSeconds(2);

  private static final String PIPELINE =
      """
      sources:
        lines:
          file: { path: "in/*.jsonl"%s, format: { json: lines } }
          schema: { file: int, n: int, value: int }
      transforms:
        some: { filter: value > 1 }
      sinks:
        parts: { from: some, file: { path: out/parts/, format: json } }
        one: { from: some, file: out/one.jsonl }
      dead_letter:
        file: { path: out/letters/, format: json }
      """;

  private final World world;
  private final Inbox inbox;
  private final FileLaws laws;
  private final LogicalPlan plan;
  private final boolean watched;
  private final int workers;
  private final int edge;
  private final Random modes;
  private final Random insides;

  /**
   * A scenario.
   *
   * @param plans the pipeline, with and without an end
   */
  FileScenario(World world, Plans plans) {
    this.world = world;
    Random chance = world.chance(5);
    this.modes = world.chance(6);
    this.insides = world.chance(8);
    this.workers = 1 + chance.nextInt(3);
    this.edge = 1 + chance.nextInt(3);
    this.watched = chance.nextInt(3) > 0;
    this.inbox = new Inbox(world, chance);
    LogicalPlan made = watched ? plans.watched() : plans.bounded();
    RunSettings standard = RunSettings.standard();
    RunSettings settings =
        new RunSettings(
            Optional.empty(),
            Duration.ofMillis(1 + chance.nextInt(12)),
            1 + chance.nextInt(20),
            DataSize.mebibytes(1),
            standard.stopRate(),
            1_000_000,
            Optional.empty(),
            Optional.empty(),
            true);
    this.plan =
        new LogicalPlan(made.name(), made.nodes(), made.tables(), made.deadLetter(), settings);
    this.laws = new FileLaws(world, STATE.resolve("ck"), inbox);
    inbox.next();
    while (!watched && !inbox.isWhole()) {
      inbox.next();
    }
  }

  /**
   * The pipeline, checked once for all worlds.
   *
   * @param watched without an end
   * @param bounded with one
   */
  record Plans(LogicalPlan watched, LogicalPlan bounded) {
    static Plans make() {
      return new Plans(plan(", watch: true, when_done: delete"), plan(""));
    }

    private static LogicalPlan plan(String options) {
      List<Catalogue> catalogues = new ArrayList<>();
      ServiceLoader.load(Catalogue.class).forEach(catalogues::add);
      byte[] text = PIPELINE.formatted(options).getBytes(StandardCharsets.UTF_8);
      SourceText source = SourceText.read("files.yaml", text, new Problems()).orElseThrow();
      Language.Checked checked = new Language(catalogues).check(Language.Request.of(source));
      return checked.plan().orElseThrow(() -> new AssertionError(checked.problems().toString()));
    }
  }

  @Override
  public Life start() {
    RunSettings.Mode mode =
        modes.nextBoolean() ? RunSettings.Mode.MICRO_BATCH : RunSettings.Mode.CONTINUOUS;
    // A file is taken once it has rested for a second, and a process takes its time to start.
    world.clock().advance(REST);
    laws.starts();
    SteppedRun run = new SteppedRun(plan, request(mode), edge);
    return new Life() {
      @Override
      public Ending live(java.util.function.IntSupplier choice) {
        RunReport report =
            run.toTheEnd(
                () -> {
                  arrive();
                  if (watched && inbox.isWhole() && laws.isComplete()) {
                    run.running().stop();
                  }
                  return choice.getAsInt();
                });
        return ending(report);
      }

      @Override
      public void stop() {
        run.running().stop();
      }
    };
  }

  /** A batch of a folder that is watched ends with what is there; what comes later is another's. */
  private Life.Ending ending(RunReport report) {
    Life.Ending ending = laws.ending(report);
    if (ending != Life.Ending.FINISHED || !watched || inbox.isWhole() && laws.isComplete()) {
      return ending;
    }
    while (!inbox.isWhole()) {
      inbox.next();
    }
    return Life.Ending.STOPPED;
  }

  private void arrive() {
    if (!world.power().isOut() && !inbox.isWhole() && world.data().nextInt(24) == 0) {
      inbox.next();
      world.clock().advance(REST);
    }
  }

  private RunRequest request(RunSettings.Mode mode) {
    return new RunRequest(
        Optional.of(mode),
        workers,
        OptionalInt.empty(),
        true,
        CompileMode.OFF,
        Path.of("/srv"),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        7,
        world.disk(),
        world.clock(),
        new SimulatedScheduler(world.clock(), world.power()),
        OutputStream.nullOutputStream(),
        InputStream.nullInputStream(),
        line -> {},
        Optional.of(new KeptState(STATE, false, List.of(), inside())),
        MEMORY,
        Path.of("/srv/spill"),
        CrashPoints.NONE);
  }

  /** Rows that wait for a sink have a file, or a place in the checkpoint, or begin with that. */
  private int inside() {
    return new int[] {0, 300, 1 << 18}[insides.nextInt(3)];
  }

  @Override
  public Optional<String> check() {
    return laws.check();
  }

  @Override
  public Optional<Path> flips() {
    return laws.damaged();
  }

  @Override
  public Optional<String> checkEnd(Life.Ending ending) {
    return laws.checkEnd(ending);
  }
}
