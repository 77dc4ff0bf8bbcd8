package io.penstock.dsl.language.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.logical.EventTime;
import io.penstock.dsl.language.bind.EventTimeOptions;
import io.penstock.dsl.language.transform.EventTimes;
import io.penstock.dsl.language.transform.StepContext;
import java.time.Duration;
import java.util.Optional;

/** How the rows of a source get their time. */
final class SourceTimes {
  private static final ValueType TIME = ValueType.optional(DataType.TIMESTAMP);

  private final StepContext context;
  private final Problems problems;

  SourceTimes(StepContext context, Problems problems) {
    this.context = context;
    this.problems = problems;
  }

  /**
   * The time that was meant; empty where something is wrong, which is reported.
   *
   * @param files whether the source reads files
   */
  Optional<EventTime> of(Placed<EventTimeOptions> written, boolean files) {
    EventTimeOptions wanted = written.value();
    Optional<Placed<Boolean>> clock = wanted.processingTime().filter(Placed::value);
    boolean fits = clock.isEmpty() || standsAlone(wanted, clock.get().origin());
    if (clock.isEmpty() && wanted.value().isEmpty()) {
      problems.add(
          ProblemCode.E103,
          written.origin(),
          "the option `value` of `event_time` is missing",
          "name the time that rows carry, as `event_time: at`, or write `processing_time: true`");
      fits = false;
    }
    if (wanted.partitionBy().isPresent() && !files) {
      problems.add(
          ProblemCode.E110,
          wanted.partitionBy().get().origin(),
          "`partition_by: file` is for sources that read files",
          "leave it out: this source has its own parts, or is one");
      fits = false;
    }
    Optional<EventTime> time =
        clock.isPresent()
            ? byTheClock(clock.get().origin())
            : wanted.value().flatMap(value -> carried(wanted, value));
    return fits ? time.map(t -> byFile(t, wanted)) : Optional.empty();
  }

  private static EventTime byFile(EventTime time, EventTimeOptions wanted) {
    return new EventTime(
        time.value(),
        time.outOfOrder(),
        time.idleAfter(),
        time.maxAhead(),
        time.maxDrift(),
        time.processing(),
        wanted.partitionBy().isPresent());
  }

  private boolean standsAlone(EventTimeOptions wanted, Origin at) {
    boolean others =
        wanted.value().isPresent()
            || wanted.outOfOrder().isPresent()
            || wanted.idleAfter().isPresent()
            || wanted.maxAhead().isPresent()
            || wanted.maxDrift().isPresent();
    if (others) {
      problems.add(
          ProblemCode.E110,
          at,
          "by the clock rows are in order and time goes on without them, so `processing_time` takes no `value`, `out_of_order`, `idle_after`, `max_ahead` or `max_drift`",
          "leave these out, or leave out `processing_time`");
    }
    return !others;
  }

  private Optional<EventTime> byTheClock(Origin at) {
    problems.add(
        ProblemCode.W520,
        at,
        "rows have the time at which they are read, so the same input gives other results another time",
        "where rows carry a time, name it: `event_time: <field>`");
    return context
        .check(ExpressionText.at("now()", at), TIME)
        .map(
            now ->
                new EventTime(
                    now,
                    Optional.of(Duration.ZERO),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    false));
  }

  private Optional<EventTime> carried(EventTimeOptions wanted, ExpressionText value) {
    return context
        .check(value, TIME)
        .map(
            time ->
                EventTimes.of(
                    time,
                    wanted.outOfOrder(),
                    wanted.idleAfter(),
                    wanted.maxAhead(),
                    wanted.maxDrift(),
                    context.rows().endless().isPresent()));
  }
}
