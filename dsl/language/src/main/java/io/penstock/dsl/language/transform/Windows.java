package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Emit;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.dsl.language.emission.EmitConfig;
import io.penstock.dsl.language.window.Same;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What steps with windows have in common. */
final class Windows {
  private Windows() {}

  /**
   * How a step goes by time; empty where something is wrong, which is reported.
   *
   * @param component the step's component, for messages
   */
  static Optional<Windowing> read(
      Optional<Placed<WindowConfig>> written,
      Optional<Duration> lateness,
      String component,
      StepContext context) {
    return read(written, lateness, Optional.empty(), component, context);
  }

  /** The same of a step that says when its results come. */
  static Optional<Windowing> read(
      Optional<Placed<WindowConfig>> written,
      Optional<Duration> lateness,
      Optional<Placed<EmitConfig>> emit,
      String component,
      StepContext context) {
    return plain(written, lateness, Emission.of(emit), component, context)
        .flatMap(windowing -> Emission.with(windowing, emit, context));
  }

  private static Optional<Windowing> plain(
      Optional<Placed<WindowConfig>> written,
      Optional<Duration> lateness,
      Emit emit,
      String component,
      StepContext context) {
    if (written.isEmpty()) {
      if (emit.isFinal()) {
        context.wantsEnd(component);
      }
      return without(lateness, context);
    }
    WindowConfig config = written.get().value();
    Origin at = written.get().origin();
    boolean fits =
        config.isByContent()
            ? isOrdered(config, lateness, at, context)
            : isTimed(config instanceof Same, at, context);
    Optional<Window> window = config.window(context::condition);
    return fits
        ? window.map(w -> new Windowing(Optional.of(w), lateness.orElse(Duration.ZERO)))
        : Optional.empty();
  }

  /** Whether a step with such a window has late rows. */
  static boolean hasLate(Optional<Placed<WindowConfig>> written) {
    return written.isPresent() && !written.get().value().isByContent();
  }

  /** Whether the rows of a step with such a window, or without, have a time and a window. */
  static boolean areTimed(Optional<Placed<WindowConfig>> written, StepContext context) {
    return hasLate(written) || written.isPresent() && context.rows().beside().time();
  }

  private static boolean isOrdered(
      WindowConfig window, Optional<Duration> lateness, Origin at, StepContext context) {
    Rows rows = context.rows();
    if (!rows.known()) {
      return false;
    }
    if (lateness.isPresent()) {
      context.problem(
          ProblemCode.E110,
          at,
          "`lateness` says how long a window waits for late rows, and none is late here: rows count as they arrive",
          "leave it out, or say with `idle` how long a window waits for its next row");
      return false;
    }
    if (window.idle().isPresent() && !rows.beside().time()) {
      context.problem(
          ProblemCode.E214,
          at,
          "`idle` goes by the time of rows, and these have none",
          "add `event_time: <field>` beside the source, or `event_time: { processing_time: true }` to go by the clock");
      return false;
    }
    if (window.idle().isEmpty() && rows.endless().isPresent()) {
      context.problem(
          ProblemCode.E212,
          at,
          "a window without `idle` may wait for its next row for ever, because `"
              + rows.endless().get()
              + "` has no end",
          "say after how long without a row it is over, such as `idle: 30s`");
      return false;
    }
    return true;
  }

  /**
   * How a step goes by time that cannot put rows into sessions; empty where something is wrong,
   * which is reported.
   *
   * @param component the step's component, for messages
   * @param atEnd whether without a window its result comes at the end of its input
   */
  static Optional<Windowing> fixed(
      Optional<Placed<WindowConfig>> written,
      Optional<Duration> lateness,
      String component,
      boolean atEnd,
      StepContext context) {
    return fixed(written, lateness, Optional.empty(), component, atEnd, context);
  }

  /** The same of a step that says when its results come. */
  static Optional<Windowing> fixed(
      Optional<Placed<WindowConfig>> written,
      Optional<Duration> lateness,
      Optional<Placed<EmitConfig>> emit,
      String component,
      boolean atEnd,
      StepContext context) {
    if (written.isEmpty() && !atEnd) {
      return without(lateness, context);
    }
    if (written.isPresent() && !written.get().value().endsAreKnown()) {
      boolean content = written.get().value().isByContent();
      context.problem(
          ProblemCode.E110,
          written.get().origin(),
          "`"
              + component
              + "` has windows whose ends are known beforehand, and "
              + (content ? "those of windows by content" : "sessions")
              + " are not",
          "write `tumbling`, `hopping` or `cumulative`, or gather "
              + (content ? "these" : "sessions")
              + " with `aggregate`");
      return Optional.empty();
    }
    return read(written, lateness, emit, component, context);
  }

  private static Optional<Windowing> without(Optional<Duration> lateness, StepContext context) {
    lateness.ifPresent(
        late ->
            context.problem(
                ProblemCode.E110,
                context.origin(),
                "`lateness` says how long a window waits for late rows, and there is no `window`",
                "add `window:`, such as `window: { tumbling: 1m }`, or leave it out"));
    return lateness.isPresent() ? Optional.empty() : Optional.of(Windowing.NONE);
  }

  private static boolean isTimed(boolean same, Origin at, StepContext context) {
    Rows rows = context.rows();
    if (!rows.known()) {
      return false;
    }
    if (same && !rows.beside().window()) {
      context.problem(
          ProblemCode.E214,
          at,
          "`window: same` takes the window that rows carry, and these carry none",
          "write the window here, such as `window: { tumbling: 1m }`, or one in a step above");
      return false;
    }
    if (!rows.beside().time()) {
      context.problem(
          ProblemCode.E214,
          at,
          "a window goes by the time of rows, and these have none",
          "add `event_time: <field>` beside the source, or a step `event_time` above");
      return false;
    }
    return true;
  }

  /** The fields that tell the window of a result. */
  static List<Field> fields() {
    return List.of(
        Field.of(LateRows.START, DataType.TIMESTAMP), Field.of(LateRows.END, DataType.TIMESTAMP));
  }

  /** Rows that a step has made of others: of windows they have a time, else none. */
  static Rows beside(Rows made, boolean windows) {
    return made.with(new Rows.Beside(windows, windows));
  }
}
