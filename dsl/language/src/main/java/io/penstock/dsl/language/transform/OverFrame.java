package io.penstock.dsl.language.transform;

import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.OverExpression;
import io.penstock.core.logical.Over.Frame;
import io.penstock.core.logical.Over.Range;
import io.penstock.core.logical.Over.Rows;
import io.penstock.core.logical.Over.Running;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads which rows a step {@code over} looks at, and reports what is wrong with it. */
final class OverFrame {
  private static final Duration LEAST = Duration.ofNanos(1000);

  private final Over over;
  private final StepContext context;

  OverFrame(Over over, StepContext context) {
    this.over = over;
    this.context = context;
  }

  /**
   * Which rows aggregates see; empty where something is wrong, which is reported.
   *
   * @param computed what could be checked of {@code compute}
   */
  Optional<Frame> read(List<OverExpression> computed) {
    boolean right = isOrdered();
    right &= isPositive();
    if (over.rows().isPresent() && over.range().isPresent()) {
      contradiction(
          over.range().get().origin(),
          "`rows` and `range` each say which rows aggregates see",
          "keep one of them");
      return Optional.empty();
    }
    Optional<Frame> frame = frame();
    right &= frame.isPresent();
    if (!right || computed.size() < over.compute().entries().size()) {
      return frame.filter(f -> false);
    }
    return isSeen(computed) & isKnown(computed, frame.get()) ? frame : Optional.empty();
  }

  private void contradiction(Origin at, String message, String hint) {
    context.problem(ProblemCode.E110, at, message, hint);
  }

  /** Whether the order is known, and what goes by time has one of times. */
  private boolean isOrdered() {
    if (over.orderBy().isEmpty()) {
      return isTimed();
    }
    boolean right = true;
    Optional<String> source = context.rows().endless();
    if (source.isPresent()) {
      context.problem(
          ProblemCode.E212,
          over.orderBy().get(0).origin(),
          "rows are in this order once all have come, and `" + source.get() + "` has no end",
          "leave `order_by` out: then rows go by their event time");
      right = false;
    }
    if (over.range().isPresent()) {
      contradiction(
          over.range().get().origin(),
          "`range` goes by the time of rows, and `order_by` gives them another order",
          "leave `order_by` out, or write `rows`");
      right = false;
    }
    if (over.within().isPresent()) {
      contradiction(
          over.within().get().origin(),
          "`within` goes by the time of rows, and `order_by` gives them another order",
          "leave one of them out");
      right = false;
    }
    return right;
  }

  private boolean isTimed() {
    boolean timed = context.rows().beside().time();
    if (!timed) {
      context.problem(
          ProblemCode.E214,
          context.origin(),
          "`over` without `order_by` goes by the time of rows, and these have none",
          "write `order_by`, or add `event_time: <field>` beside the source");
    }
    return timed;
  }

  private boolean isPositive() {
    boolean positive = over.within().isEmpty() || over.within().get().value().compareTo(LEAST) >= 0;
    if (!positive) {
      context.problem(
          ProblemCode.E105,
          over.within().get().origin(),
          "`within` must be longer than nothing",
          "write a length such as `1h`");
    }
    return positive;
  }

  private Optional<Frame> frame() {
    if (over.rows().isPresent()) {
      Placed<RowsOptions> written = over.rows().get();
      RowsOptions rows = written.value();
      boolean sides = rows.before().isPresent() || rows.after().isPresent();
      return fits("rows", rows.count().isPresent(), sides, written.origin())
          ? Optional.of(
              new Rows(
                  rows.count().isPresent() ? rows.count().getAsLong() - 1 : rows.before().orElse(0),
                  rows.after().orElse(0)))
          : Optional.empty();
    }
    if (over.range().isPresent()) {
      Placed<RangeOptions> written = over.range().get();
      RangeOptions range = written.value();
      boolean sides = range.before().isPresent() || range.after().isPresent();
      return fits("range", range.length().isPresent(), sides, written.origin())
          ? Optional.of(
              new Range(
                  range.length().or(range::before).orElse(Duration.ZERO),
                  range.after().orElse(Duration.ZERO)))
          : Optional.empty();
    }
    return Optional.of(new Running());
  }

  private boolean fits(String option, boolean one, boolean sides, Origin at) {
    String example = option.equals("rows") ? "10" : "1h";
    if (one && sides) {
      contradiction(
          at,
          "`" + option + "` says how far back it goes, and how far to each side",
          "write `" + option + ": " + example + "`, or `before` and `after`");
    } else if (!one && !sides) {
      contradiction(
          at,
          "`" + option + "` says nothing",
          "write `" + option + ": " + example + "`, or `before` and `after`");
    }
    return one != sides;
  }

  /** Whether there is something that sees the rows of the frame. */
  private boolean isSeen(List<OverExpression> computed) {
    boolean aggregates =
        computed.stream()
            .flatMap(c -> c.calls().stream())
            .anyMatch(OverCall.Aggregated.class::isInstance);
    Optional<Origin> at =
        over.rows().<Origin>map(Placed::origin).or(() -> over.range().map(Placed::origin));
    if (aggregates || at.isEmpty()) {
      return true;
    }
    contradiction(
        at.get(),
        "`rows` and `range` say which rows aggregates see, and `compute` has no aggregate",
        "leave it out, or compute an aggregate such as `avg(x)`");
    return false;
  }

  /** Whether the rows behind a row are known at some time. */
  private boolean isKnown(List<OverExpression> computed, Frame frame) {
    Optional<String> source = context.rows().endless();
    if (source.isEmpty() || over.within().isPresent()) {
      return true;
    }
    long after =
        new io.penstock.core.logical.Over(List.of(), List.of(), computed, frame, Optional.empty())
            .rowsAfter();
    if (after > 0) {
      context.problem(
          ProblemCode.E212,
          context.origin(),
          "`over` would wait for ever for the rows behind the last one of a group, because `"
              + source.get()
              + "` has no end",
          "say how far apart neighbours may be: `within: 1h`");
    }
    return after == 0;
  }
}
