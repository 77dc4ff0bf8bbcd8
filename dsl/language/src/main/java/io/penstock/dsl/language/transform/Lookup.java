package io.penstock.dsl.language.transform;

import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
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
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of {@code lookup}. */
@Component(
    name = "lookup",
    summary = "Adds fields of the row of a table that has the same key.",
    example =
        """
        lookup: { table: countries, on: { country: code }, take: { country_name: name } }
        """)
public record Lookup(
    @Option("The table.") Placed<String> table,
    @Option(
            value = "Fields of the row with the fields of the table that they equal.",
            required = true)
        Selections<FieldPath> on,
    @Option("Fields of the table, or new names with them; left out: all but the key.")
        Selections<FieldPath> take,
    @Option(value = "What happens to a row that has no partner.", byDefault = "keep")
        Operation.Lookup.Missing missing)
    implements RowTransform {

  @Override
  public Planned plan(StepContext context) {
    Optional<Surroundings.KnownTable> known = table(context);
    if (known.isEmpty()) {
      on.entries().forEach(e -> context.check(Woven.own(Woven.path(e.name()), e.origin())));
      Rows rows = context.rows();
      for (Entry<FieldPath> entry : take.entries()) {
        rows = rows.plusDoubtful(entry.name().first());
      }
      return Planned.wrong(take.entries().isEmpty() ? Rows.unknown() : rows);
    }
    List<Expression> keys = keys(known.get(), context);
    List<Operation.Lookup.Taken> taken = new ArrayList<>();
    Rows rows = taken(known.get(), taken, context);
    boolean whole =
        keys.size() == known.get().key().size() && taken.size() == wanted(known.get()).size();
    Planned looked =
        whole
            ? Planned.of(new Operation.Lookup(table.value(), keys, taken, missing), rows)
            : Planned.wrong(rows);
    return take.entries().stream().allMatch(e -> e.name().names().size() == 1)
        ? looked
        : nested(looked, context);
  }

  /** Moves fields that were taken under hidden names to the paths that they come out at. */
  private Planned nested(Planned looked, StepContext context) {
    NewRow row = NewRow.changed(context.over(looked.rows()));
    for (Entry<FieldPath> entry : take.entries()) {
      String hidden = hidden(entry);
      if (row.has(hidden)) {
        row.drop(hidden);
        ExpressionText value = Woven.own(Woven.field(hidden), entry.valueOrigin());
        row.assign(entry.name(), entry.origin(), value);
      }
    }
    Planned moved = row.done();
    if (looked.operation().orElse(null) instanceof Operation.Lookup first
        && moved.operation().orElse(null) instanceof Operation.RowOperation last) {
      Operation.Link link = new Operation.Link(first, looked.rows().schema(), context.origin());
      Operation.Link end = new Operation.Link(last, moved.rows().schema(), context.origin());
      return Planned.of(new Operation.Chain(List.of(link, end)), moved.rows());
    }
    return Planned.wrong(moved.rows());
  }

  private static String hidden(Entry<FieldPath> entry) {
    return "$" + entry.name();
  }

  private Optional<Surroundings.KnownTable> table(StepContext context) {
    Map<String, Optional<Surroundings.KnownTable>> tables = context.surroundings().tables();
    Optional<Surroundings.KnownTable> known = tables.get(table.value());
    if (known == null) {
      context.problem(
          ProblemCode.E209,
          table.origin(),
          "unknown table `" + table.value() + "`",
          Nearest.hint(table.value(), "tables", tables.keySet()));
      return Optional.empty();
    }
    return known;
  }

  private List<Expression> keys(Surroundings.KnownTable known, StepContext context) {
    List<Expression> keys = new ArrayList<>();
    for (Entry<FieldPath> entry : on.entries()) {
      String theirs = entry.value().toString();
      if (!known.key().contains(theirs)) {
        context.problem(
            known.schema().indexOf(theirs) < 0 ? ProblemCode.E301 : ProblemCode.E110,
            entry.valueOrigin(),
            "`" + theirs + "` is not in the key of the table `" + table.value() + "`",
            "the key is " + String.join(", ", known.key()) + "; write `mine: theirs`");
      }
    }
    for (String key : known.key()) {
      Optional<Entry<FieldPath>> entry =
          on.entries().stream().filter(e -> e.value().toString().equals(key)).findFirst();
      if (entry.isEmpty()) {
        boolean reported =
            on.entries().stream().anyMatch(e -> !known.key().contains(e.value().toString()));
        if (!reported) {
          context.problem(
              ProblemCode.E110,
              context.origin(),
              "`on` leaves out `"
                  + key
                  + "`, a part of the key of the table `"
                  + table.value()
                  + "`",
              "add the field that equals it: `mine: " + key + "`");
        }
        continue;
      }
      ValueType type = known.schema().field(key).orElseThrow().type().asOptional();
      context
          .check(Woven.own(Woven.path(entry.get().name()), entry.get().origin()), type)
          .ifPresent(keys::add);
    }
    return keys;
  }

  private Rows taken(
      Surroundings.KnownTable known, List<Operation.Lookup.Taken> taken, StepContext context) {
    Rows rows = context.rows();
    for (Entry<FieldPath> entry : wanted(known)) {
      boolean plain = entry.name().names().size() == 1;
      String name = plain ? entry.name().first() : hidden(entry);
      String from = entry.value().toString();
      Optional<Field> field = known.schema().field(from);
      if (field.isEmpty()) {
        context.problem(
            ProblemCode.E301,
            entry.valueOrigin(),
            "the table `" + table.value() + "` has no field `" + from + "`",
            Nearest.hint(from, "fields there", known.schema().names()));
        rows = rows.plusDoubtful(entry.name().first());
        continue;
      }
      if (rows.schema().indexOf(name) >= 0) {
        context.taken(name, entry.origin());
        continue;
      }
      boolean sure = missing != Operation.Lookup.Missing.KEEP;
      rows = rows.plus(name, sure ? field.get().type() : field.get().type().asOptional());
      taken.add(new Operation.Lookup.Taken(name, from));
    }
    return rows;
  }

  private List<Entry<FieldPath>> wanted(Surroundings.KnownTable known) {
    if (!take.entries().isEmpty()) {
      return take.entries();
    }
    List<Entry<FieldPath>> all = new ArrayList<>();
    for (String name : known.schema().names()) {
      if (!known.key().contains(name)) {
        FieldPath path = FieldPath.of(name);
        all.add(new Entry<>(path, table.origin(), path, table.origin()));
      }
    }
    return all;
  }
}
