package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.operator.TimeTracker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far event time has come at each entry of a stage: the least watermark of the partitions that
 * still hold it back. Used by the stage's task.
 */
final class Watermarks {
  /** What an entry says that is held back by nobody, and not ended either: all are idle. */
  static final long IDLE = Long.MAX_VALUE - 1;

  /** So many partitions are kept without a question. */
  private static final int MOST_PARTITIONS = 1000;

  /** Which rows a watermark is about. */
  record Key(String source, String partition) {}

  private static final class Partition {
    private long watermark = TimeTracker.NOTHING;
    private boolean idle;
  }

  /** What comes from one step that gives rows their time, out of one stage. */
  private static final class Timer {
    private final int feed;
    private final String step;
    private final Map<Key, Partition> partitions = new LinkedHashMap<>();
    private boolean ended;

    Timer(int feed, String step) {
      this.feed = feed;
      this.step = step;
    }

    /** Files come and go: of many that are idle, all but one are forgotten. */
    void forget() {
      boolean one = false;
      for (Iterator<Partition> all = partitions.values().iterator(); all.hasNext(); ) {
        boolean idle = all.next().idle;
        if (idle && one) {
          all.remove();
        }
        one |= idle;
      }
    }

    /** The least that is known; nothing as long as no partition has shown itself. */
    long least() {
      if (ended) {
        return Long.MAX_VALUE;
      }
      long least = partitions.isEmpty() ? TimeTracker.NOTHING : Long.MAX_VALUE;
      boolean idle = false;
      for (Partition partition : partitions.values()) {
        if (!partition.idle && partition.watermark == TimeTracker.NOTHING) {
          return TimeTracker.NOTHING;
        }
        idle |= partition.idle;
        least = partition.idle ? least : Math.min(least, partition.watermark);
      }
      // A partition at the end of time is not idle: what it makes come out is still to come.
      return idle ? Math.min(least, IDLE) : least;
    }
  }

  private final List<List<Timer>> ports = new ArrayList<>();
  private final long[] reached;

  /**
   * Entries.
   *
   * @param count how many there are
   */
  Watermarks(int count) {
    reached = new long[count];
    for (int i = 0; i < count; i++) {
      ports.add(new ArrayList<>());
      reached[i] = TimeTracker.NOTHING;
    }
  }

  /** Rows of this entry get their time from a step, and come from a feed. */
  void expect(int port, int feed, String timer) {
    ports.get(port).add(new Timer(feed, timer));
  }

  /** The watermark of an entry. One whose rows have no time stays where it is until they end. */
  long least(int port) {
    long least = ports.get(port).isEmpty() ? TimeTracker.NOTHING : Long.MAX_VALUE;
    for (Timer timer : ports.get(port)) {
      least = Math.min(least, timer.least());
    }
    reached[port] = least < IDLE ? Math.max(reached[port], least) : reached[port];
    return least;
  }

  /** How far time has come at an entry, though all may be idle now. */
  long reached(int port) {
    return reached[port];
  }

  /**
   * A partition has come so far, or has shown itself, or holds nothing back any more.
   *
   * @param floor the watermark of the step, by which rows of a partition that is new or comes back
   *     are judged
   */
  void take(int feed, Item.Mark mark, long floor) {
    Timer timer = timer(mark.port(), feed, mark.timer());
    Partition partition = timer.partitions.get(mark.key());
    if (partition == null) {
      partition = new Partition();
      partition.watermark = floor;
      timer.partitions.put(mark.key(), partition);
    } else if (partition.idle && !mark.idle()) {
      partition.watermark = Math.max(partition.watermark, floor);
    }
    partition.watermark = Math.max(partition.watermark, mark.watermark());
    partition.idle = mark.idle();
    if (mark.idle() && timer.partitions.size() > MOST_PARTITIONS) {
      timer.forget();
    }
  }

  /** Time has passed for a partition; nothing as long as it has none. */
  void passed(int feed, Item.Passed passed) {
    Partition partition = timer(passed.port(), feed, passed.timer()).partitions.get(passed.key());
    if (partition != null && partition.watermark != TimeTracker.NOTHING) {
      long room = IDLE - 1 - Math.max(0, partition.watermark);
      partition.watermark += Math.min(room, passed.micros());
    }
  }

  private Timer timer(int port, int feed, String step) {
    for (Timer timer : ports.get(port)) {
      if (timer.feed == feed && timer.step.equals(step)) {
        return timer;
      }
    }
    throw new IllegalStateException("nothing is expected of " + step);
  }

  /** A feed gives nothing more. */
  void ended(int feed, int port) {
    for (Timer timer : ports.get(port)) {
      timer.ended |= timer.feed == feed;
    }
  }

  /**
   * Rows with the watermark that their partition had before each of them, now that the units before
   * are known. Rows of an idle partition bring it back.
   */
  Batch stamped(int feed, int port, Key key, Batch rows, long floor) {
    return rows.marks().stamps().isEmpty()
        ? rows
        : TimeTracker.raised(rows, known(feed, port, key, floor));
  }

  /** The watermark of a partition before the rows that come now. They bring it back if idle. */
  long known(int feed, int port, Key key, long floor) {
    long known = Long.MAX_VALUE;
    for (Timer timer : ports.get(port)) {
      Partition partition = timer.feed == feed ? timer.partitions.get(key) : null;
      if (partition != null) {
        if (partition.idle) {
          partition.idle = false;
          partition.watermark = Math.max(partition.watermark, floor);
        }
        known = Math.min(known, partition.watermark);
      }
    }
    return known == Long.MAX_VALUE ? TimeTracker.NOTHING : known;
  }

  /** What is known, to be kept. */
  List<Checkpoint.PartitionTime> state() {
    List<Checkpoint.PartitionTime> state = new ArrayList<>();
    for (int port = 0; port < ports.size(); port++) {
      for (Timer timer : ports.get(port)) {
        for (Map.Entry<Key, Partition> entry : timer.partitions.entrySet()) {
          state.add(
              new Checkpoint.PartitionTime(
                  port,
                  timer.step,
                  entry.getKey().source(),
                  entry.getKey().partition(),
                  entry.getValue().watermark,
                  entry.getValue().idle));
        }
      }
      if (reached[port] != TimeTracker.NOTHING && least(port) == IDLE) {
        // Nobody tells it any more, and who comes back is judged by it.
        state.add(new Checkpoint.PartitionTime(port, "", "", "", reached[port], true));
      }
    }
    return state;
  }

  /** Goes on from what was kept; what nobody expects any more is left out. */
  void restore(List<Checkpoint.PartitionTime> state) {
    for (Checkpoint.PartitionTime time : state) {
      if (time.port() >= ports.size()) {
        continue;
      }
      if (time.timer().isEmpty()) {
        reached[time.port()] = time.watermark();
      }
      for (Timer timer : ports.get(time.port())) {
        if (timer.step.equals(time.timer())) {
          Partition partition = new Partition();
          partition.watermark = time.watermark();
          partition.idle = time.idle();
          timer.partitions.put(new Key(time.source(), time.partition()), partition);
        }
      }
    }
  }
}
