package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the time of rows, and the watermark before each of them as far as it follows from the rows
 * of the unit at hand. A row without a time, or with one too far in the future, fails and moves no
 * watermark.
 */
final class EventTimeStep implements RowStep {
  private final EventTime settings;
  private final Evaluator value;
  private final EvaluationContext evaluation;
  private final TimeTracker tracker;
  private final long ahead;
  private final AllRows all = new AllRows();

  EventTimeStep(EventTime settings, StepContext context) {
    this.settings = settings;
    this.value = context.evaluator(settings.value());
    this.evaluation = context.evaluation();
    this.tracker = new TimeTracker(settings);
    this.ahead = settings.maxAhead().map(TimeTracker::micros).orElse(Long.MAX_VALUE);
  }

  @Override
  public Optional<TimeTracker> timer() {
    return Optional.of(tracker);
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    RowErrors errors = new RowErrors();
    Column.Longs times = (Column.Longs) value.evaluate(in.rows(), all.of(in.size()), errors);
    if (times.validity() != null) {
      for (int row = 0; row < in.size(); row++) {
        if (times.isNull(row) && errors.of(row).isEmpty()) {
          errors.add(row, error(ProblemCode.D210, "the event time is null"));
        }
      }
    }
    if (ahead != Long.MAX_VALUE) {
      future(times, errors);
    }
    Traced timed = in.with(in.rows().withTimes(times)).without(errors, failed);
    Column.Longs kept = timed.rows().times().orElseThrow();
    return timed.with(timed.rows().with(timed.rows().marks().withStamps(tracker.stamps(kept))));
  }

  private void future(Column.Longs times, RowErrors errors) {
    long now = evaluation.now().micros();
    long latest = now > Long.MAX_VALUE - ahead ? Long.MAX_VALUE : now + ahead;
    for (int row = 0; row < times.size(); row++) {
      long time = times.values()[row];
      if (time > latest && errors.of(row).isEmpty()) {
        errors.add(row, error(ProblemCode.D211, ahead(time, now)));
      }
    }
  }

  private String ahead(long time, long now) {
    return "the event time "
        + Instant.EPOCH.plus(time, ChronoUnit.MICROS)
        + " is more than `max_ahead`, "
        + settings.maxAhead().orElse(Duration.ZERO)
        + ", after now, "
        + Instant.EPOCH.plus(now, ChronoUnit.MICROS);
  }

  private RowError error(ProblemCode code, String message) {
    return new RowError(code, settings.value().source().origin(), message, Map.of());
  }
}
