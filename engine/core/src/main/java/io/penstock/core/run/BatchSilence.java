package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.EventTime;
import io.penstock.core.operator.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Silence in micro-batches: a partition is silent that gave nothing in the batch at hand and whose
 * last rows are of a batch that was planned long enough before. So a batch that is done again says
 * the same. Told at the end of the batch, when it is known.
 */
final class BatchSilence implements Silence {
  private static final class Last {
    private long at;
    private long told;
    private boolean gave;

    Last(long at, long told) {
      this.at = at;
      this.told = told;
    }
  }

  private final UnaryOperator<String> partitionOf;
  private final boolean timed;
  private final boolean byTheClock;
  private final boolean byFile;
  private final NavigableSet<Long> thresholds;
  private final Clock planned;
  private final Map<String, Last> partitions = new TreeMap<>();
  private final Map<String, Last> before = new HashMap<>();
  // Of a source by file, and whether there are none to come in this batch.
  private final Set<String> splits = new TreeSet<>();
  private boolean resting;
  private boolean asleep;

  /**
   * A watch.
   *
   * @param partitionOf the partition of a split
   * @param times how the source's rows get their time; where none do, nothing is ever told
   * @param planned the time of the batch at hand
   * @param reads what was known when the batches before were decided
   */
  BatchSilence(
      UnaryOperator<String> partitionOf,
      List<EventTime> times,
      Clock planned,
      List<Checkpoint.LastRead> reads) {
    this.partitionOf = partitionOf;
    this.timed = !times.isEmpty();
    this.byTheClock = Silence.isByTheClock(times);
    this.byFile = Silence.isByFile(times);
    this.thresholds = Silence.thresholds(times);
    this.planned = planned;
    reads.forEach(read -> before.put(read.partition(), new Last(read.at(), read.told())));
  }

  @Override
  public List<Unit> begin(Set<String> begun) {
    List<Unit> shown = new ArrayList<>();
    if (byFile) {
      splits.addAll(begun);
      begun.forEach(split -> shown.add(new Unit.Quiet(split, 0, planned.micros())));
      before.keySet().forEach(partition -> shown.addAll(begin(partition)));
    } else if (timed) {
      begun.forEach(split -> shown.addAll(begin(partitionOf.apply(split))));
    }
    return shown;
  }

  @Override
  public List<Unit> rested() {
    resting = true;
    return List.of();
  }

  private List<Unit> begin(String partition) {
    if (partitions.containsKey(partition)) {
      return List.of();
    }
    // One that is new counts from the batch that meets it.
    Last last = before.getOrDefault(partition, new Last(0, 0));
    last.gave = !before.containsKey(partition);
    partitions.put(partition, last);
    return List.of(new Unit.Quiet(partition, 0, planned.micros()));
  }

  @Override
  public List<Unit> read(String split) {
    if (!timed) {
      return List.of();
    }
    String partition = partitionOf.apply(split);
    resting = false;
    List<Unit> shown = new ArrayList<>();
    if (asleep) {
      asleep = false;
      splits.forEach(each -> shown.add(new Unit.Quiet(each, 0, planned.micros())));
    }
    shown.addAll(begin(partition));
    java.util.Objects.requireNonNull(partitions.get(partition)).gave = true;
    return shown;
  }

  @Override
  public List<Unit> due() {
    return List.of();
  }

  @Override
  public List<Unit> atBarrier() {
    if (byTheClock) {
      List<Unit> reached = new ArrayList<>();
      partitions.keySet().forEach(n -> reached.add(new Unit.Reached(n, planned.micros())));
      return reached;
    }
    if (thresholds.isEmpty()) {
      return List.of();
    }
    long now = planned.micros();
    List<Unit> silent = new ArrayList<>();
    if (resting) {
      asleep = true;
      splits.forEach(split -> silent.add(Silence.rest(split, now)));
    }
    partitions.forEach(
        (partition, last) -> {
          Long passed = thresholds.floor(now - last.at);
          if (last.gave) {
            last.at = now;
            last.told = 0;
            last.gave = false;
          } else if (passed != null) {
            last.told = passed;
            silent.add(new Unit.Quiet(partition, Math.max(1, passed), now));
          }
        });
    if (byFile) {
      partitions.values().removeIf(last -> last.told >= thresholds.last());
    }
    return silent;
  }

  @Override
  public List<Checkpoint.LastRead> reads() {
    List<Checkpoint.LastRead> reads = new ArrayList<>();
    if (!thresholds.isEmpty()) {
      partitions.forEach(
          (name, last) -> reads.add(new Checkpoint.LastRead(name, last.at, last.told)));
    }
    return reads;
  }

  /**
   * Whether a batch of now, even one that reads nothing, has silence to tell that was not told yet.
   */
  static boolean isDue(NavigableSet<Long> thresholds, List<Checkpoint.LastRead> reads, long now) {
    for (Checkpoint.LastRead read : reads) {
      Long passed = thresholds.floor(now - read.at());
      if (passed != null && passed > read.told()) {
        return true;
      }
    }
    return false;
  }
}
