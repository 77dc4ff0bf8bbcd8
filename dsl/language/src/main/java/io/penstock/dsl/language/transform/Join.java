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
import io.penstock.api.problem.Nearest;
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
            "Fields that equal each other, mine and theirs; must be there: `[]` puts each row with"
                + " each of the others.")
        Optional<Selections<FieldPath>> on,
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

  /** The fields that equal each other. */
  List<Entry<FieldPath>> matched() {
    return on.map(Selections::entries).orElse(List.of());
  }

  @Override
  public boolean takesChanges() {
    return true;
  }

  @Override
  public boolean keepsByTime() {
    // What `on` says of windows is not known here: two inputs that end have no late rows to show.
    return within.isPresent() || hasWindows() || keepFor.isPresent();
  }

  @Override
  public boolean hasWindows() {
    boolean carried = matched().stream().anyMatch(JoinBounds::isWindow);
    return window.isPresent() || carried && within.isEmpty() && keepFor.isEmpty();
  }

  @Override
  public Planned plan(StepContext context) {
    Rows left = context.rows();
    Rows right = context.others();
    boolean changing = left.beside().changes() || right.beside().changes();
    boolean fits = !changing || JoinedChanges.fit(this, context);
    Optional<Optional<Bound>> bound = new JoinBounds(this, context).read();
    Optional<List<Pair>> pairs = pairs(context, right);
    Optional<Expression> also = where.flatMap(text -> where(text, context, right));
    List<Taken> taken = new ArrayList<>();
    if (!left.known() || !right.known() || pairs.isEmpty()) {
      return Planned.wrong(Rows.unknown());
    }
    boolean timed = bound.isPresent() && bound.get().isPresent();
    List<Field> fields = own(context.schema(), pairs.get());
    others(context, right, fields, taken);
    Rows out = out(context, right, fields, timed).changing(changing);
    boolean whole = fits && bound.isPresent() && also.isPresent() == where.isPresent();
    return whole
        ? Planned.of(
            new io.penstock.core.logical.Join(
                pairs.get(), bound.get(), also, type, taken, asOf, changing),
            out)
        : Planned.wrong(out);
  }

  private Optional<List<Pair>> pairs(StepContext context, Rows right) {
    if (on.isEmpty()) {
      context.problem(
          ProblemCode.E103,
          context.origin(),
          "the option `on` of `join` is missing",
          "name the fields that equal each other, as `on: [order_id]`; `on: []` for each with"
              + " each");
      return Optional.empty();
    }
    List<Pair> pairs = new ArrayList<>();
    matched().forEach(entry -> pair(entry, context, right).ifPresent(pairs::add));
    return pairs.size() == matched().size() ? Optional.of(pairs) : Optional.empty();
  }

  private Optional<Pair> pair(Entry<FieldPath> entry, StepContext context, Rows right) {
    Optional<Expression> mine = context.check(Woven.own(Woven.path(entry.name()), entry.origin()));
    if (!right.has(entry.value().first())) {
      context.problem(
          ProblemCode.E301,
          entry.valueOrigin(),
          "`" + with.value() + "` has no field `" + entry.value() + "`",
          Nearest.hint(entry.value().first(), "fields there", right.schema().names()));
      return Optional.empty();
    }
    Optional<Expression> theirs =
        context.over(right).check(Woven.own(Woven.path(entry.value()), entry.valueOrigin()));
    if (mine.isEmpty() || theirs.isEmpty()) {
      return Optional.empty();
    }
    DataType a = mine.get().type().type();
    DataType b = theirs.get().type().type();
    if (!a.equals(b)) {
      String same = "`" + entry.name() + "` is " + a + " here, and `" + entry.value() + "` is " + b;
      context.problem(
          ProblemCode.E408,
          entry.origin(),
          same + " in `" + with.value() + "`",
          "bring one of them to the type of the other with `set` or `convert` above");
      return Optional.empty();
    }
    boolean plain = entry.name().names().size() == 1;
    Optional<String> field = plain ? Optional.of(entry.name().first()) : Optional.empty();
    return Optional.of(new Pair(mine.get(), theirs.get(), field));
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

  /** The fields of the left row; those that are not matched are missing where it is. */
  private List<Field> own(Schema left, List<Pair> pairs) {
    List<Field> fields = new ArrayList<>();
    for (Field field : left.fields()) {
      boolean there =
          !type.keepsRight()
              || pairs.stream()
                  .anyMatch(
                      pair ->
                          pair.field().filter(field.name()::equals).isPresent()
                              && !pair.right().type().optional());
      fields.add(there ? field : new Field(field.name(), field.type().asOptional()));
    }
    return fields;
  }

  /** The fields that are taken of the right row. */
  private void others(StepContext context, Rows right, List<Field> fields, List<Taken> taken) {
    if (type == Type.SEMI || type == Type.ANTI) {
      take.flatMap(written -> written.entries().stream().findFirst())
          .ifPresent(
              entry ->
                  context.problem(
                      ProblemCode.E110,
                      entry.origin(),
                      "a join of type `" + word() + "` gives no field of the other row",
                      "leave `take` out"));
      return;
    }
    if (right.schema().open() && take.map(t -> !t.entries().isEmpty()).orElse(true)) {
      context.problem(
          ProblemCode.E410,
          with.origin(),
          "the fields of `" + with.value() + "` are not known, so none can be taken",
          "add a `schema` to its source, or a step `select` between");
      return;
    }
    for (Entry<FieldPath> entry : wanted(right)) {
      take(entry, right, fields, taken, context);
    }
  }

  private Rows out(StepContext context, Rows right, List<Field> fields, boolean timed) {
    boolean time = timed && context.rows().beside().time() && right.beside().time();
    return context
        .rows()
        .made(new Schema(fields, context.schema().open()), context.rows().doubtful())
        .and(right)
        .with(new Rows.Beside(time, timed && hasWindows()));
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
          Nearest.hint(from, "fields there", right.schema().names()));
      return;
    }
    String name = entry.name().first();
    if (entry.name().names().size() > 1) {
      context.problem(
          ProblemCode.E110,
          entry.origin(),
          "`" + entry.name() + "` is no plain name, as fields of the other row get",
          "take it under a plain name, and put it into a record with `set` below");
      return;
    }
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
      if (matched().stream().noneMatch(e -> e.value().toString().equals(name))) {
        FieldPath path = FieldPath.of(name);
        all.add(new Entry<>(path, with.origin(), path, with.origin()));
      }
    }
    return all;
  }
}
