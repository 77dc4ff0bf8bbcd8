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
  private final NavigableSet<Long> thresholds;
  private final Clock planned;
  private final Map<String, Last> partitions = new TreeMap<>();
  private final Map<String, Last> before = new HashMap<>();

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
    this.thresholds = Silence.thresholds(times);
    this.planned = planned;
    reads.forEach(read -> before.put(read.partition(), new Last(read.at(), read.told())));
  }

  @Override
  public List<Unit> begin(Set<String> splits) {
    List<Unit> shown = new ArrayList<>();
    if (timed) {
      for (String split : splits) {
        String partition = partitionOf.apply(split);
        if (!partitions.containsKey(partition)) {
          // One that is new counts from the batch that meets it.
          Last last = before.getOrDefault(partition, new Last(0, 0));
          last.gave = !before.containsKey(partition);
          partitions.put(partition, last);
          shown.add(new Unit.Quiet(partition, 0, planned.micros()));
        }
      }
    }
    return shown;
  }

  @Override
  public void read(String split) {
    if (!thresholds.isEmpty()) {
      Last last = partitions.get(partitionOf.apply(split));
      if (last != null) {
        last.gave = true;
      }
    }
  }

  @Override
  public List<Unit> due() {
    return List.of();
  }

  @Override
  public List<Unit> atBarrier() {
    if (thresholds.isEmpty()) {
      return List.of();
    }
    long now = planned.micros();
    List<Unit> silent = new ArrayList<>();
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
