package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.BatchPlan;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.operator.Unit;
import io.penstock.core.physical.StepKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * Micro-batches with kept state: each is planned on the disk before it reads anything, is read up
 * to its limits, and becomes one epoch. The run is over when everything up to the ends that were
 * fixed at its start is done.
 */
final class Batches implements Pace {
  private enum Phase {
    BETWEEN,
    READING,
    CUTTING
  }

  private final Map<String, BatchIntake> intakes = new HashMap<>();
  private final KeptStream.Turns turns;
  private final Map<String, OpenSource> sources = new LinkedHashMap<>();
  private final Map<String, NavigableSet<Long>> thresholds = new HashMap<>();
  private final Set<String> byTheClock = new HashSet<>();
  private final Kept kept;
  private final RunSettings settings;
  private final Epochs epochs;
  private final Clock clock;
  private final Commit commit;
  private volatile Phase phase = Phase.BETWEEN;
  private volatile long now;
  private boolean over;
  private boolean planned;

  Batches(
      KeptStream.Turns turns,
      List<OpenSource> sources,
      Kept kept,
      RunSettings settings,
      Epochs epochs,
      Clock clock,
      Commit commit) {
    this.turns = turns;
    sources.forEach(source -> this.sources.put(source.node().step(), source));
    this.kept = kept;
    this.settings = settings;
    this.epochs = epochs;
    this.clock = clock;
    this.commit = commit;
  }

  /** What one source gives to the batch at hand. */
  private final class BatchIntake implements Intake {
    private final LogicalNode source;
    private final OpenSource open;
    private volatile boolean atBound;
    private volatile boolean full;
    private long rows;
    private long bytes;

    BatchIntake(LogicalNode source, OpenSource open) {
      this.source = source;
      this.open = open;
    }

    void begin() {
      rows = 0;
      bytes = 0;
      full = false;
    }

    /** Whether it gives nothing more to this batch. */
    boolean isDone() {
      return full || atBound || !turns.turn().test(source) || turns.ended().test(source);
    }

    @Override
    public Say now() {
      if (turns.demand().isMet(StepKey.of(source))) {
        return Say.END;
      }
      boolean wanted = !full && !turns.demand().isFull(StepKey.of(source));
      boolean reads = phase == Phase.READING && wanted && turns.turn().test(source);
      return reads && !turns.enough().getAsBoolean() ? Say.READ : Say.HOLD;
    }

    @Override
    public void read(Unit unit) {
      if (unit instanceof Unit.Rows made) {
        rows += made.batch().size();
      } else if (unit instanceof Unit.Bytes read) {
        bytes += read.block().to() - read.block().from();
        rows += lines(read);
      } else {
        rows++;
      }
      full = rows >= settings.batchRows() || bytes >= settings.batchBytes().bytes();
    }

    @Override
    public boolean boundIsEnd() {
      // The end of a source belongs to the batch that reads it, so it waits for one.
      boolean ends = open.ends();
      atBound = !ends;
      return ends && phase == Phase.READING;
    }
  }

  private static int lines(Unit.Bytes read) {
    byte[] bytes = read.block().bytes();
    int lines = 0;
    for (int i = read.block().from(); i < read.block().to(); i++) {
      if (bytes[i] == '\n') {
        lines++;
      }
    }
    return lines;
  }

  @Override
  public Intake intake(LogicalNode source) {
    OpenSource open = java.util.Objects.requireNonNull(sources.get(source.step()));
    return intakes.computeIfAbsent(source.step(), step -> new BatchIntake(source, open));
  }

  @Override
  public Clock readingClock() {
    return new Clock() {
      @Override
      public long micros() {
        return now;
      }

      @Override
      public long nanos() {
        return clock.nanos();
      }
    };
  }

  @Override
  public Silence silence(OpenSource source, List<EventTime> times) {
    String step = source.node().step();
    thresholds.put(step, Silence.thresholds(times));
    if (Silence.isByTheClock(times)) {
      byTheClock.add(step);
    }
    return new BatchSilence(source::partition, times, readingClock(), reads(kept.source(step)));
  }

  private static List<Checkpoint.LastRead> reads(Optional<Checkpoint.SourceState> state) {
    return state.map(Checkpoint.SourceState::reads).orElse(List.of());
  }

  /**
   * Whether a batch that reads nothing would let time go on: a partition counts as idle now, or
   * time goes by the clock, and no batch has told it yet.
   */
  private boolean timeMoves() {
    boolean untold =
        !planned && byTheClock.stream().anyMatch(step -> kept.source(step).isPresent());
    return untold
        || thresholds.entrySet().stream()
            .anyMatch(
                source ->
                    BatchSilence.isDue(
                        source.getValue(), reads(kept.source(source.getKey())), clock.micros()));
  }

  @Override
  public void look() {
    switch (phase) {
      case BETWEEN -> between();
      case READING -> reading();
      case CUTTING -> {
        if (epochs.isReady()) {
          boolean stopped = turns.enough().getAsBoolean();
          commit.run(stopped ? Checkpoint.Ending.STOPPED : Checkpoint.Ending.GOES_ON);
          phase = Phase.BETWEEN;
        }
      }
    }
  }

  private void between() {
    if (over || turns.allEnded().getAsBoolean()) {
      return;
    }
    // What came back becomes dead letters, if by a batch that reads nothing.
    boolean owes = turns.owes().getAsBoolean();
    boolean more = timeMoves() || turns.demand().holds();
    if (!owes && (turns.enough().getAsBoolean() || nothingLeft() && !more)) {
      over = true;
      return;
    }
    BatchPlan plan = kept.pending(epochs.current()).orElseGet(this::plan);
    if (kept.pending(epochs.current()).isEmpty()) {
      kept.plan(plan);
    }
    now = plan.nowMicros();
    planned = true;
    intakes.values().forEach(BatchIntake::begin);
    phase = Phase.READING;
  }

  /** Whether every source that has no end of its own is read up to its bound. */
  private boolean nothingLeft() {
    return kept.pending(epochs.current()).isEmpty()
        && sources.values().stream().noneMatch(OpenSource::ends)
        && intakes.values().stream().allMatch(intake -> intake.atBound || intake.open.isRead());
  }

  private BatchPlan plan() {
    Map<String, List<BatchPlan.SplitPlan>> splits = new HashMap<>();
    sources.forEach((step, source) -> splits.put(step, source.plan(kept.source(step))));
    return new BatchPlan(
        epochs.current(),
        clock.micros(),
        kept.slot(),
        settings.batchRows(),
        settings.batchBytes().bytes(),
        splits);
  }

  private void reading() {
    // Rows that wait belong to the batch that has read them.
    boolean all =
        intakes.values().stream().allMatch(BatchIntake::isDone) && !turns.demand().holds();
    if ((all || turns.enough().getAsBoolean())
        && !turns.allEnded().getAsBoolean()
        && epochs.request()) {
      phase = Phase.CUTTING;
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public boolean stopIsEnd() {
    return false;
  }

  /** Whether there may be more than was looked at: what was done was an old plan. */
  boolean endedAtOldBounds() {
    return over && kept.hadPending() && !turns.enough().getAsBoolean();
  }
}
