package io.penstock.core.run;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Windowing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pipeline to which steps that go by time are added. */
record TimedSteps(Pipelines pipeline) {
  /** A source whose rows have the time in {@code at}, at most 4 microseconds out of order. */
  TimedSteps source(TimedRows source, Duration drift) {
    EventTime time =
        new EventTime(
            pipeline.expression("at", TimedRows.SCHEMA),
            Optional.of(Duration.ofNanos(4000)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(drift));
    Pipelines unused =
        pipeline.read(source.name(), source.source(), TimedRows.SCHEMA, Optional.of(time));
    return this;
  }

  /** Joins by the field {@code k}, taking {@code n} of the right row as {@code m}. */
  TimedSteps join(String step, List<String> inputs, Join.Bound bound, Join.Type type) {
    return join(step, inputs, Optional.of(bound), type, false);
  }

  /** Each left row with the latest right row that is not after it, or alone. */
  TimedSteps latest(String step, String left, String right) {
    return join(step, List.of(left, right), Optional.empty(), Join.Type.LEFT, true);
  }

  private TimedSteps join(
      String step, List<String> inputs, Optional<Join.Bound> bound, Join.Type type, boolean asOf) {
    Schema mine = pipeline.schema(inputs.get(0));
    Schema theirs = pipeline.schema(inputs.get(1));
    Join.Pair pair =
        new Join.Pair(
            pipeline.expression("k", mine), pipeline.expression("k", theirs), Optional.of("k"));
    List<Field> fields = new ArrayList<>();
    for (Field field : mine.fields()) {
      boolean there = field.name().equals("k") || !type.keepsRight();
      fields.add(there ? field : new Field(field.name(), field.type().asOptional()));
    }
    fields.add(Field.optional("m", theirs.field("n").orElseThrow().type().type()));
    Join join =
        new Join(
            List.of(pair), bound, Optional.empty(), type, List.of(new Join.Taken("m", "n")), asOf);
    Pipelines unused =
        pipeline.step(step, join, Schema.of(fields), OnError.FAIL, inputs.toArray(new String[0]));
    return this;
  }

  /** Counts rows as {@code n} by {@code k} and window. */
  TimedSteps counts(String step, String from, Windowing windowing) {
    Schema row = pipeline.schema(from);
    List<NamedExpression> keys = List.of(pipeline.named("k", "k", row));
    AggregateExpression count = pipeline.aggregated("n", "count()", row, keys);
    Schema result =
        Schema.of(
            Field.of("k", DataType.INT),
            Field.of(LateRows.START, DataType.TIMESTAMP),
            Field.of(LateRows.END, DataType.TIMESTAMP),
            new Field("n", count.outer().type()));
    Operation.Aggregate aggregate =
        new Operation.Aggregate(keys, List.of(count), Optional.empty(), windowing);
    Pipelines unused = pipeline.step(step, aggregate, result, OnError.FAIL, from);
    return this;
  }

  /** Ends in sinks for the rows of a step, and for the late ones of a step. */
  Pipelines to(String out, String late) {
    return pipeline.sink("out", out).sink("late", late + ".late");
  }
}
