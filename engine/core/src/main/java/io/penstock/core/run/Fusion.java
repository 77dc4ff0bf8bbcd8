package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.core.operator.Operator;
import io.penstock.core.operator.Paced;
import io.penstock.core.operator.PartialGroups;
import io.penstock.core.operator.PartialWindows;
import io.penstock.core.operator.TimeTracker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fused operators of one task. What one hands on goes through all below it before it is asked
 * for more, so that nothing heaps up. Used by one thread at a time.
 */
final class Fusion {
  /** Who gets the rows of an output. */
  sealed interface Reader {}

  /** An operator of the same task. */
  record Inner(Step step, int input) implements Reader {}

  /** An entry of another stage. */
  record Outer(Outlet outlet, int port) implements Reader {}

  /** An aggregate of another stage whose groups are made here. */
  record Partial(PartialGroups groups, Outlet outlet, int port, Step owner) implements Reader {}

  /** A step with windows of another stage; the rows of each block are grouped here. */
  record Windowed(PartialWindows groups, Outlet outlet, int port) implements Reader {}

  /** An operator with its readers. */
  static final class Step {
    private final String name;
    private final Operator operator;
    private final List<List<Reader>> outputs = new ArrayList<>();
    private final List<Reader> failed = new ArrayList<>();
    private Optional<Outlet> letters = Optional.empty();
    private final Map<Integer, Long> watermarks = new HashMap<>();
    private long watermark = TimeTracker.NOTHING;
    private long handedOn = TimeTracker.NOTHING;
    private boolean idle;
    private boolean wasIdle;
    private boolean over;
    private int openInputs;

    /**
     * A step.
     *
     * @param name as it is named over the whole file
     * @param inputs how many ends it waits for
     */
    Step(String name, Operator operator, int inputs, int outputs) {
      this.name = name;
      this.operator = operator;
      this.openInputs = inputs;
      for (int i = 0; i < outputs; i++) {
        this.outputs.add(new ArrayList<>());
      }
    }

    Operator operator() {
      return operator;
    }

    /** Rows come by this input in this task, and so it holds time back. */
    void expects(int input) {
      watermarks.put(input, TimeTracker.NOTHING);
    }

    /** Whether all its inputs have ended. */
    boolean isEnded() {
      return openInputs <= 0;
    }

    /** No further row of any input has a time at or before it. */
    long watermark() {
      return watermark;
    }

    List<Reader> readers(int output) {
      return output == Operator.Out.FAILED ? failed : outputs.get(output);
    }

    void letters(Outlet outlet) {
      letters = Optional.of(outlet);
    }
  }

  private enum Act {
    ROWS,
    DRAIN,
    WATERMARK,
    PASS_WATERMARK,
    ENDED,
    PASS_END
  }

  private record Frame(Act act, Step step, int input, @Nullable Batch batch) {}

  private final List<Step> steps = new ArrayList<>();
  private final ArrayDeque<Frame> stack = new ArrayDeque<>();
  private final ArrayDeque<Frame> emitted = new ArrayDeque<>();
  private final boolean inUnits;
  private final Progress progress;

  /** Told how far a partition has come by the time that a step gives its rows. */
  @FunctionalInterface
  interface Progress {
    void told(Watermarks.Key key, String timer, long watermark, boolean idle);
  }

  /**
   * Operators of a task.
   *
   * @param inUnits whether the task is dealt units, of which it does not know those before
   * @param progress told of each unit
   */
  Fusion(boolean inUnits, Progress progress) {
    this.inUnits = inUnits;
    this.progress = progress;
  }

  void add(Step step) {
    steps.add(step);
  }

  List<Step> steps() {
    return steps;
  }

  /** Whether nothing is under way. */
  boolean isIdle() {
    return stack.isEmpty();
  }

  /** Gives rows to a step; only while idle. */
  void enter(Step step, int input, Batch rows) {
    stack.push(new Frame(Act.ROWS, step, input, rows));
  }

  /** Asks a step that was given something to do. */
  void drain(Step step) {
    stack.push(new Frame(Act.DRAIN, step, 0, null));
  }

  /** Asks a step for rows that it has held back, behind which time may go on; only while idle. */
  void release(Step step) {
    stack.push(new Frame(Act.PASS_WATERMARK, step, 0, null));
    drain(step);
  }

  /**
   * How far the event time of an input has come; only while idle, or from within. {@link
   * Watermarks#IDLE} is an input that holds nothing back for now.
   */
  void watermark(Step step, int input, long micros) {
    Long unused = step.watermarks.put(input, micros);
    long least = Long.MAX_VALUE;
    for (long each : step.watermarks.values()) {
      least = Math.min(least, each);
    }
    boolean idle = least == Watermarks.IDLE;
    if (idle != step.idle || !idle && least > step.watermark) {
      step.idle = idle;
      step.watermark = idle ? step.watermark : Math.max(step.watermark, least);
      stack.push(new Frame(Act.WATERMARK, step, 0, null));
    }
  }

  /** An input of a step has ended; only while idle, or from within. */
  void end(Step step) {
    if (--step.openInputs == 0) {
      stack.push(new Frame(Act.ENDED, step, 0, null));
      if (step.watermark < Long.MAX_VALUE) {
        step.watermark = Long.MAX_VALUE;
        step.idle = false;
        stack.push(new Frame(Act.WATERMARK, step, 0, null));
      }
    }
  }

  /** Does one thing; call only while {@link #isIdle} is false. */
  void advance() {
    Frame frame = stack.pop();
    Step step = frame.step();
    switch (frame.act()) {
      case ROWS -> {
        step.operator.rows(frame.input(), java.util.Objects.requireNonNull(frame.batch()));
        drain(step);
      }
      case DRAIN -> drainOnce(step);
      case WATERMARK -> {
        step.operator.watermark(step.watermark);
        stack.push(new Frame(Act.PASS_WATERMARK, step, 0, null));
        drain(step);
      }
      case PASS_WATERMARK -> passWatermark(step);
      case ENDED -> {
        step.operator.ended();
        step.over = true;
        stack.push(new Frame(Act.PASS_END, step, 0, null));
        stack.push(new Frame(Act.PASS_WATERMARK, step, 0, null));
        drain(step);
      }
      case PASS_END -> passEnd(step);
    }
  }

  private void drainOnce(Step step) {
    boolean more = step.operator.drain(out(step));
    if (more) {
      drain(step);
    } else if (!inUnits && step.operator.timer().isPresent()) {
      stack.push(new Frame(Act.PASS_WATERMARK, step, 0, null));
    }
    while (!emitted.isEmpty()) {
      stack.push(emitted.removeLast());
    }
  }

  private Operator.Out out(Step step) {
    return new Operator.Out() {
      @Override
      public void rows(int output, Batch rows) {
        for (Reader reader : step.readers(output)) {
          give(reader, rows);
        }
      }

      @Override
      public void deadLetters(Batch letters) {
        step.letters.ifPresent(outlet -> outlet.put(Item.Rows.of(0, letters)));
      }
    };
  }

  private void give(Reader reader, Batch rows) {
    if (reader instanceof Inner inner) {
      emitted.add(new Frame(Act.ROWS, inner.step(), inner.input(), rows));
    } else if (reader instanceof Outer outer) {
      outer.outlet().put(Item.Rows.of(outer.port(), rows));
    } else if (reader instanceof Partial partial) {
      partial.groups().rows(rows, out(partial.owner()));
    } else if (reader instanceof Windowed windowed) {
      windowed.groups().rows(rows);
    }
  }

  private void passWatermark(Step step) {
    if (step.watermark == Long.MAX_VALUE && !step.over) {
      // What it hands on at its end comes first.
      return;
    }
    long handedOn = Math.max(step.handedOn, step.operator.handedOn(step.watermark));
    // What it holds is still to come, however quiet its inputs are.
    boolean idle = step.idle && !(step.operator instanceof Paced paced && paced.holds());
    if (handedOn == step.handedOn && !idle && !step.wasIdle) {
      return;
    }
    step.handedOn = handedOn;
    step.wasIdle = idle;
    long shown = idle ? Watermarks.IDLE : handedOn;
    List<Reader> readers = readers(step);
    for (int i = readers.size() - 1; i >= 0; i--) {
      if (readers.get(i) instanceof Inner inner) {
        watermark(inner.step(), inner.input(), shown);
      } else if (readers.get(i) instanceof Outer outer) {
        Watermarks.Key key = new Watermarks.Key(step.name, "");
        outer.outlet().put(new Item.Mark(outer.port(), step.name, key, handedOn, idle));
      }
    }
  }

  private static List<Reader> readers(Step step) {
    List<Reader> readers = new ArrayList<>(step.failed);
    step.outputs.forEach(readers::addAll);
    return readers;
  }

  private void passEnd(Step step) {
    List<Reader> readers = readers(step);
    // In reverse, because the last one pushed is done first.
    for (int i = readers.size() - 1; i >= 0; i--) {
      if (readers.get(i) instanceof Inner inner) {
        end(inner.step());
      }
    }
  }

  /**
   * A unit is through: its groups go where they are merged, and how far its rows have brought time.
   *
   * @param key the partition of the source that it is of
   */
  void unitEnd(Watermarks.Key key) {
    // The watermark comes behind the rows of the unit, by which they are not judged.
    for (Step step : steps) {
      step.failed.forEach(Fusion::flush);
      for (List<Reader> readers : step.outputs) {
        readers.forEach(Fusion::flush);
      }
    }
    for (Step step : steps) {
      Optional<TimeTracker> timer = step.operator.timer();
      if (timer.isPresent()) {
        timer.get().take().ifPresent(time -> mark(step, key, time, false));
      }
    }
  }

  /** A partition shows itself, or has been quiet for so long. */
  void quiet(Watermarks.Key key, long quietMicros) {
    for (Step step : steps) {
      Optional<TimeTracker> timer = step.operator.timer();
      if (timer.isPresent() && timer.get().isConcerned(quietMicros)) {
        mark(step, key, TimeTracker.NOTHING, quietMicros > 0);
      }
    }
  }

  /** The clock has come so far for a partition: rows that go by it are read no earlier. */
  void reached(Watermarks.Key key, long micros) {
    for (Step step : steps) {
      Optional<TimeTracker> timer = step.operator.timer();
      if (timer.isPresent() && timer.get().settings().processing()) {
        mark(step, key, micros - 1, false);
      }
    }
  }

  /** Time has passed for a partition without a row. */
  void passed(Watermarks.Key key, long micros) {
    for (Step step : steps) {
      if (step.operator.timer().isPresent()) {
        tell(step, port -> new Item.Passed(port, step.name, key, micros));
      }
    }
  }

  private void mark(Step timer, Watermarks.Key key, long watermark, boolean idle) {
    progress.told(key, timer.name, watermark, idle);
    tell(timer, port -> new Item.Mark(port, timer.name, key, watermark, idle));
  }

  /** Goes down to the entries of other stages, but not below a step that gives another time. */
  private static void tell(Step step, IntFunction<Item> item) {
    for (Reader reader : readers(step)) {
      if (reader instanceof Outer outer) {
        outer.outlet().put(item.apply(outer.port()));
      } else if (reader instanceof Windowed windowed) {
        windowed.outlet().put(item.apply(windowed.port()));
      } else if (reader instanceof Inner inner && inner.step().operator.timer().isEmpty()) {
        tell(inner.step(), item);
      }
    }
  }

  private static void flush(Reader reader) {
    if (reader instanceof Partial partial) {
      partial
          .groups()
          .take()
          .ifPresent(state -> partial.outlet().put(new Item.Groups(partial.port(), state)));
    } else if (reader instanceof Windowed windowed) {
      windowed
          .groups()
          .take()
          .ifPresent(block -> windowed.outlet().put(Item.Windows.of(windowed.port(), block)));
    }
  }
}
