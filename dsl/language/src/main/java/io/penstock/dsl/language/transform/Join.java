package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.Component;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Join.Bound;
import io.penstock.core.logical.Join.Pair;
import io.penstock.core.logical.Join.Taken;
import io.penstock.core.logical.Join.Type;
import io.penstock.dsl.language.window.WindowConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code join}. */
@Component(
    name = "join",
    summary = "Puts each row together with the rows of another step that belong to it.",
    example = "join: { with: payments, on: [order_id], within: 10m }")
public record Join(
    @Option("The other step, or one of its outputs.") Placed<String> with,
    @Option(
            value =
                "Fields that equal each other, mine and theirs; `[]` puts each row with each of the others.",
            required = true)
        Selections<FieldPath> on,
    @Option("How far apart in time two rows may be.") Optional<Placed<WithinOptions>> within,
    @Option("Rows of one window meet.") Optional<Placed<WindowConfig>> window,
    @Option("How long after the end of a window its rows still count.") Optional<Duration> lateness,
    @Option("How long after its time a row waits for others.") Optional<Placed<Duration>> keepFor,
    @Option("What else must be true, of `left.x` and `right.x`.") Optional<ExpressionText> where,
    @Option(value = "What becomes of rows that have no partner.", byDefault = "inner") Type type,
    @Option("Fields of the other row, or new names with them; left out: all but those of `on`.")
        Optional<Selections<FieldPath>> take,
    @Option(
            value = "Whether a row meets only the latest of its partners that is not after it.",
            byDefault = "false")
        boolean asOf)
    implements TransformConfig {

  @Override
  public Optional<Placed<String>> reads() {
    return Optional.of(with);
  }

  @Override
  public boolean keepsByTime() {
    // What `on` says of windows is not known here: two inputs that end have no late rows to show.
    return within.isPresent() || hasWindows() || keepFor.isPresent();
  }

  @Override
  public boolean hasWindows() {
    return window.isPresent()
        || on.entries().stream().anyMatch(entry -> JoinBounds.isWindow(entry));
  }

  @Override
  public Planned plan(StepContext context) {
    Rows left = context.rows();
    Rows right = context.others();
    Optional<Optional<Bound>> bound = new JoinBounds(this, context).read();
    Optional<List<Pair>> pairs = pairs(context, right);
    Optional<Expression> also = where.flatMap(text -> where(text, context, right));
    List<Taken> taken = new ArrayList<>();
    if (!left.known() || !right.known()) {
      return Planned.wrong(Rows.unknown());
    }
    Rows out = out(context, right, taken, bound.isPresent() && bound.get().isPresent());
    boolean whole = bound.isPresent() && pairs.isPresent() && also.isPresent() == where.isPresent();
    return whole
        ? Planned.of(
            new io.penstock.core.logical.Join(pairs.get(), bound.get(), also, type, taken, asOf),
            out)
        : Planned.wrong(out);
  }

  private Optional<List<Pair>> pairs(StepContext context, Rows right) {
    List<Pair> pairs = new ArrayList<>();
    boolean whole = true;
    for (Entry<FieldPath> entry : on.entries()) {
      Optional<Expression> mine =
          context.check(Woven.own(Woven.path(entry.name()), entry.origin()));
      Optional<Expression> theirs =
          context.over(right).check(Woven.own(Woven.path(entry.value()), entry.valueOrigin()));
      if (mine.isEmpty() || theirs.isEmpty()) {
        whole = false;
        continue;
      }
      DataType a = mine.get().type().type();
      DataType b = theirs.get().type().type();
      if (!a.equals(b)) {
        context.problem(
            ProblemCode.E408,
            entry.origin(),
            "`"
                + entry.name()
                + "` is "
                + a
                + " here, and `"
                + entry.value()
                + "` is "
                + b
                + " in `"
                + with.value()
                + "`",
            "bring one of them to the type of the other with `set` or `convert` above");
        whole = false;
        continue;
      }
      Optional<String> field =
          entry.name().names().size() == 1 ? Optional.of(entry.name().first()) : Optional.empty();
      pairs.add(new Pair(mine.get(), theirs.get(), field));
    }
    return whole ? Optional.of(pairs) : Optional.empty();
  }

  private static Optional<Expression> where(ExpressionText text, StepContext context, Rows right) {
    if (!context.rows().known() || !right.known()) {
      return Optional.empty();
    }
    Schema both =
        Schema.of(
            Field.of("left", new DataType.RecordOf(context.schema())),
            Field.of("right", new DataType.RecordOf(right.schema())));
    return context.over(Rows.of(both)).condition(text);
  }

  private Rows out(StepContext context, Rows right, List<Taken> taken, boolean timed) {
    List<Field> fields = new ArrayList<>();
    for (Field field : context.schema().fields()) {
      boolean matched =
          on.entries().stream()
              .anyMatch(e -> e.name().names().size() == 1 && e.name().first().equals(field.name()));
      boolean absent = type.keepsRight() && !matched;
      fields.add(absent ? new Field(field.name(), field.type().asOptional()) : field);
    }
    if (type == Type.SEMI || type == Type.ANTI) {
      take.flatMap(written -> written.entries().stream().findFirst())
          .ifPresent(
              entry ->
                  context.problem(
                      ProblemCode.E110,
                      entry.origin(),
                      "a join of type `" + word() + "` gives no field of the other row",
                      "leave `take` out"));
    } else {
      for (Entry<FieldPath> entry : wanted(right)) {
        take(entry, right, fields, taken, context);
      }
    }
    boolean changes = context.rows().beside().changes() || right.beside().changes();
    boolean time = timed && context.rows().beside().time() && right.beside().time();
    return context
        .rows()
        .made(new Schema(fields, context.schema().open()), context.rows().doubtful())
        .with(new Rows.Beside(time, timed && hasWindows(), changes));
  }

  private String word() {
    return type.name().toLowerCase(java.util.Locale.ROOT);
  }

  private void take(
      Entry<FieldPath> entry,
      Rows right,
      List<Field> fields,
      List<Taken> taken,
      StepContext context) {
    String from = entry.value().toString();
    Optional<Field> field = right.schema().field(from);
    if (field.isEmpty()) {
      context.problem(
          ProblemCode.E301,
          entry.valueOrigin(),
          "`" + with.value() + "` has no field `" + from + "`",
          io.penstock.api.problem.Nearest.hint(from, "fields there", right.schema().names()));
      return;
    }
    String name = entry.name().first();
    if (fields.stream().anyMatch(own -> own.name().equals(name))) {
      context.problem(
          ProblemCode.E409,
          entry.origin(),
          "both rows have a field `" + name + "`",
          "take it under another name: `take: { their_" + name + ": " + from + " }`");
      return;
    }
    ValueType type = field.get().type();
    fields.add(new Field(name, this.type.keepsLeft() ? type.asOptional() : type));
    taken.add(new Taken(name, from));
  }

  private List<Entry<FieldPath>> wanted(Rows right) {
    if (take.isPresent()) {
      return take.get().entries();
    }
    List<Entry<FieldPath>> all = new ArrayList<>();
    for (String name : right.schema().names()) {
      if (on.entries().stream().noneMatch(e -> e.value().toString().equals(name))) {
        FieldPath path = FieldPath.of(name);
        all.add(new Entry<>(path, with.origin(), path, with.origin()));
      }
    }
    return all;
  }
}
