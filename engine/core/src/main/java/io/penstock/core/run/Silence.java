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

  /** A unit of a split was read; what is to be told before it: its partition may be new. */
  List<Unit> read(String split);

  /**
   * The reader has nothing more for now; what is to be told. Of a source whose partitions are files
   * there may be some that were not begun: until then its split holds time back for them.
   */
  List<Unit> rested();

  /** What there is to tell as time goes by. */
  List<Unit> due();

  /** What there is to tell before a barrier is passed; asked once for each. */
  List<Unit> atBarrier();

  /** When each partition gave something last; empty where nobody minds silence. */
  List<Checkpoint.LastRead> reads();

  /** Tells that what holds time back for files to come does so no longer. */
  static Unit rest(String split, long now) {
    return new Unit.Quiet(split, Long.MAX_VALUE, now);
  }

  /** Whether partitions are files, which come and go. */
  static boolean isByFile(List<EventTime> times) {
    return times.stream().anyMatch(time -> time.byFile() && !time.processing());
  }

  /** Whether rows have the time at which they are read, which goes on without them. */
  static boolean isByTheClock(List<EventTime> times) {
    return times.stream().anyMatch(EventTime::processing);
  }

  /** For how long a partition may give nothing before somebody minds, in microseconds. */
  static TreeSet<Long> thresholds(List<EventTime> times) {
    TreeSet<Long> thresholds = new TreeSet<>();
    for (EventTime time : times) {
      time.idleAfter().ifPresent(after -> thresholds.add(after.toNanos() / 1000));
    }
    return thresholds;
  }
}
