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

/** Silence of a source that is read without a break, on the monotonic clock. */
final class QuietTimes implements Silence {
  private static final long LOOK_NANOS = 10_000_000;

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
  private final Clock clock;
  private final Map<String, Since> partitions = new TreeMap<>();
  private long looked;

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
    this.thresholds = Silence.thresholds(times);
  }

  @Override
  public List<Unit> begin(Set<String> splits) {
    List<Unit> shown = new ArrayList<>();
    if (timed) {
      for (String split : splits) {
        if (partitions.putIfAbsent(partitionOf.apply(split), new Since(clock)) == null) {
          shown.add(new Unit.Quiet(partitionOf.apply(split), 0, clock.micros()));
        }
      }
    }
    return shown;
  }

  @Override
  public void read(String split) {
    if (timed && !thresholds.isEmpty()) {
      Since since = partitions.get(partitionOf.apply(split));
      if (since != null) {
        since.restart(clock);
      }
    }
  }

  @Override
  public List<Unit> due() {
    long now = clock.nanos();
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
    return due;
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
