package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Assignments;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.FillGaps.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of {@code fill_gaps}. */
@Component(
    name = "fill_gaps",
    summary = "Makes the rows that are missing in series: one for each step of time.",
    example =
        """
        fill_gaps:
          every: 10s
          at: at
          by: [country]
          within: 1h
          take: { amount: interpolate }
        """)
public record FillGaps(
    @Option(value = "The step of time.", required = true) Placed<Duration> every,
    @Option(value = "The field that gets the time of a row that is made.", required = true)
        Placed<String> at,
    @Option("Fields whose values tell series apart; left out: all rows are one series.")
        List<Placed<String>> by,
    @Option(
            "How far apart two rows are at most that have others made between them; left out: any distance.")
        Optional<Placed<Duration>> within,
    @Option("How other fields get their values; those left out get null.") Assignments<Way> take)
    implements TransformConfig {
  private static final Duration LEAST = Duration.ofNanos(1000);

  @Override
  public Planned plan(StepContext context) {
    Rows in = context.rows();
    if (!in.known()) {
      return Planned.wrong(in);
    }
    boolean right = positive("every", every, context);
    right &= within.isEmpty() || positive("within", within.get(), context);
    right &= isBounded(context);
    right &= isTimed(context);
    right &= isTimestamp(context);
    for (Placed<String> field : by) {
      right &= isField(field.value(), field.origin(), context);
    }
    Map<String, Way> ways = new HashMap<>();
    for (Entry<Way> entry : take.entries()) {
      right &= isTakeable(entry, context);
      ways.put(entry.name().toString(), entry.value());
    }
    Rows out = out(context, ways);
    List<String> series = by.stream().map(Placed::value).toList();
    return right
        ? Planned.of(
            new io.penstock.core.logical.FillGaps(
                series, at.value(), every.value(), within.map(Placed::value), ways),
            out)
        : Planned.wrong(out);
  }

  private Rows out(StepContext context, Map<String, Way> ways) {
    List<Field> fields = new ArrayList<>();
    for (Field field : context.schema().fields()) {
      String name = field.name();
      boolean kept =
          name.equals(at.value())
              || by.stream().anyMatch(own -> own.value().equals(name))
              || ways.containsKey(name) && ways.get(name) != Way.NULL;
      fields.add(kept ? field : new Field(name, field.type().asOptional()));
    }
    Rows rows = context.rows();
    return rows.made(new Schema(fields, context.schema().open()), rows.doubtful())
        .with(new Rows.Beside(true, false));
  }

  private static boolean positive(String option, Placed<Duration> length, StepContext context) {
    boolean positive = length.value().compareTo(LEAST) >= 0;
    if (!positive) {
      context.problem(
          ProblemCode.E105,
          length.origin(),
          "`" + option + "` must be longer than nothing",
          "write a length such as `10s`");
    }
    return positive;
  }

  private boolean isBounded(StepContext context) {
    Optional<String> source = context.rows().endless();
    if (within.isPresent() || source.isEmpty()) {
      return true;
    }
    context.problem(
        ProblemCode.E212,
        context.origin(),
        "`fill_gaps` would wait for ever for the next row of a series, because `"
            + source.get()
            + "` has no end",
        "say how long a gap may be that is filled: `within: 1h`");
    return false;
  }

  private static boolean isTimed(StepContext context) {
    boolean timed = context.rows().beside().time();
    if (!timed) {
      context.problem(
          ProblemCode.E214,
          context.origin(),
          "`fill_gaps` goes by the time of rows, and these have none",
          "add `event_time: <field>` beside the source, or a step `event_time` above");
    }
    return timed;
  }

  private boolean isTimestamp(StepContext context) {
    if (!isField(at.value(), at.origin(), context)) {
      return false;
    }
    DataType type = context.schema().field(at.value()).orElseThrow().type().type();
    if (!type.equals(DataType.TIMESTAMP)) {
      context.problem(
          ProblemCode.E408,
          at.origin(),
          "`" + at.value() + "` is to get a time, and it is " + type,
          "name the field of the event time");
      return false;
    }
    return true;
  }

  private static boolean isField(String name, Origin origin, StepContext context) {
    if (context.schema().indexOf(name) >= 0) {
      return !context.rows().doubtful().contains(name);
    }
    context.unknownField(name, origin);
    return false;
  }

  private boolean isTakeable(Entry<Way> entry, StepContext context) {
    String name = entry.name().toString();
    if (!isField(name, entry.origin(), context)) {
      return false;
    }
    if (name.equals(at.value()) || by.stream().anyMatch(own -> own.value().equals(name))) {
      context.problem(
          ProblemCode.E110,
          entry.origin(),
          "`" + name + "` gets its value by `at` or `by` already",
          "leave it out of `take`");
      return false;
    }
    DataType type = context.schema().field(name).orElseThrow().type().type();
    if (entry.value() == Way.INTERPOLATE && !type.equals(DataType.DOUBLE)) {
      context.problem(
          ProblemCode.E408,
          entry.valueOrigin(),
          "what lies between two values is a double, and `" + name + "` is " + type,
          "write `last`, or convert it above: `set: { " + name + ": to_double(" + name + ") }`");
      return false;
    }
    return true;
  }

  @Override
  public boolean keepsByTime() {
    return true;
  }
}
