package io.penstock.core.run;

import io.penstock.api.system.Scheduler;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sources of a run and the tasks that read them. Used by the supervisor, but for the questions
 * whose turn it is and who has ended, which reading tasks ask too.
 */
final class Readers {
  private final List<OpenSource> sources = new ArrayList<>();
  private final List<ReadTask> tasks = new ArrayList<>();
  private final WaitingReaders waiting = new WaitingReaders();
  private final Map<Integer, Task> notStarted = new LinkedHashMap<>();
  private int[] ranks = new int[0];
  private Drift drift = new Drift(List.of());
  private volatile int turn;

  void open(OpenSource source) {
    sources.add(source);
  }

  List<OpenSource> sources() {
    return sources;
  }

  /** Whether all end, so that they are read one after the other. */
  boolean oneByOne() {
    return sources.stream().allMatch(source -> source.traits().bounded());
  }

  /** The task that reads the next source. */
  void add(ReadTask reader, Task task) {
    notStarted.put(tasks.size(), task);
    tasks.add(reader);
  }

  /** The reader may wait inside a call, so it has a pool of its own. */
  void waits(ReadTask reader, TaskPool pool) {
    waiting.add(reader, pool);
  }

  /** Whether the thread belongs to a reader that may wait. */
  boolean takes(TaskPool pool, Scheduler.Handle thread) {
    return waiting.takes(pool, thread);
  }

  /**
   * Begins. Bounded sources are read one after the other, so that where they meet their rows always
   * meet in the same order; but those that meet in a step with time are read together.
   *
   * @param together whether all take part from the start and wait for their turn
   */
  void begin(boolean together, Drift drift) {
    this.drift = drift;
    ranks = new int[sources.size()];
    for (int i = 0; i < ranks.length; i++) {
      Set<String> meets = drift.together(sources.get(i).node().step());
      int first = 0;
      while (!meets.contains(sources.get(first).node().step())) {
        first++;
      }
      ranks[i] = first;
    }
    turn = oneByOne() ? 0 : sources.size();
    startNext();
    while (together && !notStarted.isEmpty()) {
      startNext();
    }
  }

  /** Starts the next source, and those that it meets; false where there is none. */
  boolean startNext() {
    if (notStarted.isEmpty()) {
      return false;
    }
    int rank = ranks[notStarted.keySet().iterator().next()];
    notStarted
        .entrySet()
        .removeIf(
            next -> {
              boolean starts = ranks[next.getKey()] == rank;
              if (starts) {
                next.getValue().wake();
              }
              return starts;
            });
    return true;
  }

  /** Nothing moves: where the sources at hand have ended it is the next one's turn. */
  void still() {
    while (turn < tasks.size() && haveEnded(turn)) {
      turn++;
    }
  }

  private boolean haveEnded(int upTo) {
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i] <= upTo && !tasks.get(i).isEnded()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is a source's turn, and it is not too far ahead of those that it meets. */
  boolean mayRead(LogicalNode source) {
    return ranks[indexOf(source)] <= turn && !drift.holds(source.step());
  }

  /** Whether a source has given its last. */
  boolean isEnded(LogicalNode source) {
    return tasks.get(indexOf(source)).isEnded();
  }

  boolean allEnded() {
    return tasks.stream().allMatch(ReadTask::isEnded);
  }

  /** Whether anything was read since it was asked last. */
  boolean takeAnything() {
    boolean anything = false;
    for (ReadTask task : tasks) {
      anything |= task.takeAnything();
    }
    return anything;
  }

  private int indexOf(LogicalNode source) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).node().step().equals(source.step())) {
        return i;
      }
    }
    throw new IllegalArgumentException(source.step());
  }

  /** How many records were read. */
  long rows(Meters meters) {
    long rows = 0;
    for (OpenSource source : sources) {
      rows += meters.sum(StepKey.of(source.node()), StepCounters::in);
    }
    return rows;
  }

  /** A barrier is under way: readers that wait do not hold it up. */
  void passBarrier() {
    waiting.passBarrier();
  }

  /**
   * The run is told to stop. Somebody at a terminal, or a pipe that is never closed, does not keep
   * it from that.
   *
   * @param stays whether a later run goes on with the sources
   */
  void stopping(long nanos, boolean stays) {
    if (waiting.isPatienceOver(nanos)) {
      waiting.leave(stays);
      while (startNext()) {
        // All of them see that they are to stop.
      }
    }
  }

  /** The epoch is decided, and visible: what was read up to it may be acknowledged. */
  void decided(long epoch, List<Part> parts) {
    for (OpenSource source : sources) {
      for (Part part : parts) {
        Checkpoint.SourceState upTo = part.sources().get(source.node().step());
        if (upTo != null) {
          source.decided(epoch, upTo);
        }
      }
    }
  }

  /** Waits for readers that may wait. */
  void halt() throws InterruptedException {
    waiting.halt();
  }
}
