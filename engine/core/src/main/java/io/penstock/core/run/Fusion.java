package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.core.operator.Operator;
import io.penstock.core.operator.PartialGroups;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** An operator with its readers. */
  static final class Step {
    private final Operator operator;
    private final List<List<Reader>> outputs = new ArrayList<>();
    private final List<Reader> failed = new ArrayList<>();
    private Optional<Outlet> letters = Optional.empty();
    private int openInputs;

    Step(Operator operator, int inputs, int outputs) {
      this.operator = operator;
      this.openInputs = inputs;
      for (int i = 0; i < outputs; i++) {
        this.outputs.add(new ArrayList<>());
      }
    }

    Operator operator() {
      return operator;
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
    ENDED,
    PASS_END
  }

  private record Frame(Act act, Step step, int input, @Nullable Batch batch) {}

  private final List<Step> steps = new ArrayList<>();
  private final ArrayDeque<Frame> stack = new ArrayDeque<>();
  private final ArrayDeque<Frame> emitted = new ArrayDeque<>();

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

  /** An input of a step has ended; only while idle, or from within. */
  void end(Step step) {
    if (--step.openInputs == 0) {
      stack.push(new Frame(Act.ENDED, step, 0, null));
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
      case ENDED -> {
        step.operator.ended();
        stack.push(new Frame(Act.PASS_END, step, 0, null));
        drain(step);
      }
      case PASS_END -> passEnd(step);
    }
  }

  private void drainOnce(Step step) {
    boolean more = step.operator.drain(out(step));
    if (more) {
      drain(step);
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
    }
  }

  private void passEnd(Step step) {
    List<Reader> readers = new ArrayList<>(step.failed);
    step.outputs.forEach(readers::addAll);
    // In reverse, because the last one pushed is done first.
    for (int i = readers.size() - 1; i >= 0; i--) {
      if (readers.get(i) instanceof Inner inner) {
        end(inner.step());
      }
    }
  }

  /** A unit is through: its groups go where they are merged. */
  void unitEnd() {
    for (Step step : steps) {
      step.failed.forEach(Fusion::flush);
      for (List<Reader> readers : step.outputs) {
        readers.forEach(Fusion::flush);
      }
    }
  }

  private static void flush(Reader reader) {
    if (reader instanceof Partial partial) {
      partial
          .groups()
          .take()
          .ifPresent(state -> partial.outlet().put(new Item.Groups(partial.port(), state)));
    }
  }
}
