package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.logical.EventTime;
import io.penstock.core.operator.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Watches for how long the partitions of a source have given nothing, on the monotonic clock. Used
 * by the reading task.
 */
final class QuietTimes {
  private static final long LOOK_NANOS = 10_000_000;

  private static final class Since {
    private long nanos;
    private long told;

    Since(long nanos) {
      this.nanos = nanos;
    }
  }

  private final UnaryOperator<String> partitionOf;
  private final TreeSet<Long> thresholds = new TreeSet<>();
  private final boolean timed;
  private final Clock clock;
  private final Map<String, Since> partitions = new HashMap<>();
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
    for (EventTime time : times) {
      time.idleAfter().ifPresent(after -> thresholds.add(after.toNanos() / 1000));
    }
  }

  /** Splits begin to be read: their partitions show themselves. */
  List<Unit> begin(Set<String> splits) {
    List<Unit> shown = new ArrayList<>();
    if (timed) {
      for (String split : splits) {
        if (partitions.putIfAbsent(partitionOf.apply(split), new Since(clock.nanos())) == null) {
          shown.add(new Unit.Quiet(partitionOf.apply(split), 0, clock.micros()));
        }
      }
    }
    return shown;
  }

  /** A unit of a split was read. */
  void read(String split) {
    if (timed && !thresholds.isEmpty()) {
      Since since = partitions.get(partitionOf.apply(split));
      if (since != null) {
        since.nanos = clock.nanos();
        since.told = 0;
      }
    }
  }

  /** The partitions that have been quiet for longer than anybody asks and was told. */
  List<Unit> due() {
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
}
