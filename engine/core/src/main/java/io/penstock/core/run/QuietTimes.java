package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.EventTime;
import io.penstock.core.operator.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Silence of a source that is read without a break, on the monotonic clock. */
final class QuietTimes implements Silence {
  private static final long LOOK_NANOS = 10_000_000;

  /** How often the clock is told to steps that go by it. */
  private static final long TELL_NANOS = 100_000_000;

  private static final class Since {
    private long nanos;
    private long micros;
    private long told;

    Since(Clock clock) {
      restart(clock);
    }

    private void restart(Clock clock) {
      nanos = clock.nanos();
      micros = clock.micros();
      told = 0;
    }
  }

  private final UnaryOperator<String> partitionOf;
  private final TreeSet<Long> thresholds;
  private final boolean timed;
  private final boolean byTheClock;
  private final boolean byFile;
  private final Clock clock;
  private final Map<String, Since> partitions = new TreeMap<>();
  // Of a source by file, and whether there may be files to come.
  private final Set<String> splits = new TreeSet<>();
  private boolean resting;
  private long looked;
  private long told;

  /**
   * A watch.
   *
   * @param partitionOf the partition of a split
   * @param times how the source's rows get their time; where none do, nothing is ever told
   */
  QuietTimes(UnaryOperator<String> partitionOf, List<EventTime> times, Clock clock) {
    this.partitionOf = partitionOf;
    this.clock = clock;
    this.timed = !times.isEmpty();
    this.byTheClock = Silence.isByTheClock(times);
    this.byFile = Silence.isByFile(times);
    this.told = clock.nanos();
    this.thresholds = Silence.thresholds(times);
  }

  @Override
  public List<Unit> begin(Set<String> begun) {
    List<Unit> shown = new ArrayList<>();
    if (byFile) {
      splits.addAll(begun);
      return awake();
    }
    if (timed) {
      begun.forEach(split -> shown.addAll(begin(partitionOf.apply(split))));
    }
    return shown;
  }

  private List<Unit> awake() {
    resting = false;
    return splits.stream().<Unit>map(s -> new Unit.Quiet(s, 0, clock.micros())).toList();
  }

  @Override
  public List<Unit> rested() {
    if (!byFile || resting) {
      return List.of();
    }
    resting = true;
    return splits.stream().map(split -> Silence.rest(split, clock.micros())).toList();
  }

  private List<Unit> begin(String partition) {
    return partitions.putIfAbsent(partition, new Since(clock)) == null
        ? List.of(new Unit.Quiet(partition, 0, clock.micros()))
        : List.of();
  }

  @Override
  public List<Unit> read(String split) {
    if (!timed) {
      return List.of();
    }
    List<Unit> first = resting ? awake() : List.of();
    String partition = partitionOf.apply(split);
    Since since = partitions.get(partition);
    if (since == null) {
      return Stream.concat(first.stream(), begin(partition).stream()).toList();
    }
    if (!thresholds.isEmpty()) {
      since.restart(clock);
    }
    return first;
  }

  @Override
  public List<Unit> due() {
    long now = clock.nanos();
    if (byTheClock) {
      return now - told < TELL_NANOS ? List.of() : tell(now);
    }
    if (!timed || thresholds.isEmpty() || now - looked < LOOK_NANOS) {
      return List.of();
    }
    looked = now;
    List<Unit> due = new ArrayList<>();
    partitions.forEach(
        (partition, since) -> {
          long quiet = (now - since.nanos) / 1000;
          Long passed = thresholds.floor(quiet);
          if (passed != null && passed > since.told) {
            since.told = passed;
            due.add(new Unit.Quiet(partition, Math.max(1, passed), clock.micros()));
          }
        });
    if (byFile) {
      partitions.values().removeIf(since -> since.told >= thresholds.last());
    }
    return due;
  }

  private List<Unit> tell(long now) {
    told = now;
    List<Unit> reached = new ArrayList<>();
    partitions.keySet().forEach(name -> reached.add(new Unit.Reached(name, clock.micros())));
    return reached;
  }

  @Override
  public List<Unit> atBarrier() {
    return List.of();
  }

  @Override
  public List<Checkpoint.LastRead> reads() {
    List<Checkpoint.LastRead> reads = new ArrayList<>();
    if (!thresholds.isEmpty()) {
      partitions.forEach(
          (name, since) -> reads.add(new Checkpoint.LastRead(name, since.micros, since.told)));
    }
    return reads;
  }
}
