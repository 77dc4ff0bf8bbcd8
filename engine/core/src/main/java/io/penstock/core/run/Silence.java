package io.penstock.core.run;

import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.EventTime;
import io.penstock.core.operator.Unit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Watches for how long the partitions of a source have given nothing. Used by its reading task. */
interface Silence {
  /** Splits begin to be read: their partitions show themselves. */
  List<Unit> begin(Set<String> splits);

  /** A unit of a split was read. */
  void read(String split);

  /** What there is to tell as time goes by. */
  List<Unit> due();

  /** What there is to tell before a barrier is passed; asked once for each. */
  List<Unit> atBarrier();

  /** When each partition gave something last; empty where nobody minds silence. */
  List<Checkpoint.LastRead> reads();

  /** For how long a partition may give nothing before somebody minds, in microseconds. */
  static TreeSet<Long> thresholds(List<EventTime> times) {
    TreeSet<Long> thresholds = new TreeSet<>();
    for (EventTime time : times) {
      time.idleAfter().ifPresent(after -> thresholds.add(after.toNanos() / 1000));
    }
    return thresholds;
  }
}
