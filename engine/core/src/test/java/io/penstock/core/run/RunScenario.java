package io.penstock.core.run;

import io.penstock.api.option.DataSize;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.system.Disk;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.operator.RowJson;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.CompileMode;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.runner.KeptState;
import io.penstock.core.runner.RunRequest;
import io.penstock.testkit.simulation.Database;
import io.penstock.testkit.simulation.Journal;
import io.penstock.testkit.simulation.JournalSource;
import io.penstock.testkit.simulation.Lanes;
import io.penstock.testkit.simulation.Life;
import io.penstock.testkit.simulation.PartsSink;
import io.penstock.testkit.simulation.Scenario;
import io.penstock.testkit.simulation.SimulatedScheduler;
import io.penstock.testkit.simulation.TransactionalSink;
import io.penstock.testkit.simulation.World;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntSupplier;

/** A pipeline that runs in a simulated world, and the laws of its run. */
final class RunScenario implements Scenario {
  private static final Path STATE = Path.of("/srv/.penstock/test");
  private static final long MUCH = 64 << 20;

  /** So little that an aggregate of many keys, whose table has this size at least, goes to disk. */
  private static final long LITTLE = 4_400;

  /** What a step may hold over what all may, until its next chance to give it up. */
  private static final long AT_ONCE = 4 << 10;

  private final World world;
  private final Variant variant;
  private final LogicalPlan plan;
  private final RunSettings settings;
  private final List<Journal> journals = new ArrayList<>();
  private final Map<String, Database> databases = new LinkedHashMap<>();
  private final boolean bounded;
  private final int workers;
  private final int edge;
  private final long memory;
  private final Random modes;
  private final Random insides;
  private final RunLaws laws;

  RunScenario(World world, Topology topology, Variant variant) {
    this.world = world;
    this.variant = variant;
    variant.begin(world);
    Random chance = world.chance(5);
    this.modes = world.chance(6);
    this.insides = world.chance(8);
    this.workers = 1 + chance.nextInt(3);
    this.edge = 1 + chance.nextInt(3);
    this.memory = world.chance(7).nextInt(2) == 0 ? MUCH : LITTLE;
    this.bounded = !topology.flows() || chance.nextInt(3) > 0;
    int splits = 1 + chance.nextInt(3);
    int rows = variant.rows() / splits;
    for (int i = 0; i < topology.sources(); i++) {
      int keys = memory == LITTLE ? 60 : 5;
      journals.add(new Journal(i == 0 ? "a" : "b", splits, rows, keys));
    }
    RunSettings standard = RunSettings.standard();
    this.settings =
        new RunSettings(
            Optional.empty(),
            Duration.ofMillis(1 + chance.nextInt(12)),
            4 + chance.nextInt(20),
            DataSize.mebibytes(1),
            standard.stopRate(),
            1_000_000,
            Optional.empty(),
            Optional.empty(),
            true);
    LogicalPlan made = topology.plan(new Ends());
    this.plan =
        new LogicalPlan(made.name(), made.nodes(), made.tables(), made.deadLetter(), settings);
    Map<String, Lanes> outputs = new LinkedHashMap<>();
    topology.expect(journals, outputs);
    Accounts accounts = new Accounts(world.disk(), STATE.resolve("ck"), plan, journals);
    this.laws = new RunLaws(world, journals, databases, outputs, topology.flows(), accounts);
  }

  /** Sources and sinks in this world. */
  private final class Ends implements Topology.Setting {
    @Override
    public Pipelines sources(String... names) {
      Pipelines made = new Pipelines();
      for (Journal journal : journals) {
        SourceConfig source = new JournalSource(journal, bounded, world.data(), world.power());
        made.read(journal.name(), variant.source(source, journal), Journal.SCHEMA);
      }
      return made;
    }

    @Override
    public SinkConfig parts(String name) {
      return variant.sink(
          new PartsSink(Topology.folder(name), (batch, row) -> RowJson.of(batch, row).toText()));
    }

    @Override
    public SinkConfig database(String name) {
      Database database = new Database(world.power());
      databases.put(name, database);
      return new TransactionalSink(
          database,
          (batch, row) -> RowJson.of(batch, row).toText(),
          row -> name.equals("database") && plannedRefusals() && Topology.refuses(row));
    }

    private boolean plannedRefusals() {
      return journals.size() > 1;
    }

    @Override
    public SinkConfig letters() {
      Database database = new Database(world.power());
      databases.put("letters", database);
      return new TransactionalSink(database, Topology.letterText(), row -> false);
    }
  }

  @Override
  public Life start() {
    RunSettings.Mode mode =
        modes.nextBoolean() ? RunSettings.Mode.MICRO_BATCH : RunSettings.Mode.CONTINUOUS;
    laws.starts();
    SteppedRun run = new SteppedRun(plan, request(mode), edge);
    return new Life() {
      @Override
      public Ending live(IntSupplier choice) {
        boolean endless = !bounded;
        RunReport report =
            run.toTheEnd(
                () -> {
                  laws.held(run.held(), memory + AT_ONCE);
                  if (endless && laws.isComplete()) {
                    run.running().stop();
                  }
                  return choice.getAsInt();
                });
        return laws.ending(report);
      }

      @Override
      public void stop() {
        run.running().stop();
      }
    };
  }

  private RunRequest request(RunSettings.Mode mode) {
    Disk disk = variant.disk(world.disk());
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
        disk,
        world.clock(),
        new SimulatedScheduler(world.clock(), world.power()),
        OutputStream.nullOutputStream(),
        InputStream.nullInputStream(),
        line -> {},
        Optional.of(new KeptState(STATE, false, List.of(), inside())),
        memory,
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
