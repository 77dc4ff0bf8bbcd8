package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.OutOfOrder;
import io.penstock.core.logical.Operation;
import java.time.Duration;
import java.util.Optional;

/** Options of {@code event_time}. */
@Component(
    name = "event_time",
    summary = "Sets the time of the row, where the source could not.",
    example = "event_time: { value: at, out_of_order: 10s }")
public record SetEventTime(
    @Option(value = "The time of the row.", main = true) ExpressionText value,
    @Option(
            "How much later than its successors a row may come; unbounded: in any order, so that "
                + "windows close at the end only.")
        Optional<OutOfOrder> outOfOrder,
    @Option("After how long without rows a part of the source no longer holds time back.")
        Optional<Duration> idleAfter,
    @Option("How far ahead of now a time may lie; later ones are errors.")
        Optional<Duration> maxAhead,
    @Option("How far a part of the source may be ahead of the slowest one.")
        Optional<Duration> maxDrift)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    return Planned.of(
        context
            .check(value, ValueType.optional(DataType.TIMESTAMP))
            .map(
                time ->
                    new Operation.SetEventTime(
                        EventTimes.of(
                            time,
                            outOfOrder,
                            idleAfter,
                            maxAhead,
                            maxDrift,
                            context.rows().endless().isPresent()))),
        context.rows().timed());
  }
}
