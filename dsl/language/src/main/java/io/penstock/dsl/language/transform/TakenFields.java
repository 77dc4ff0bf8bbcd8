package io.penstock.dsl.language.transform;

import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Selections;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a lookup adds to rows.
 *
 * @param take as written; without entries everything but the key
 * @param where in words, where the fields are
 * @param at shown for what is not written
 * @param schema the fields that there are
 * @param key those of them that the row has already
 */
record TakenFields(
    Selections<FieldPath> take, String where, Origin at, Schema schema, List<String> key) {
  TakenFields {
    key = List.copyOf(key);
  }

  /**
   * Fields that are there and have a free name.
   *
   * @param whole whether these are all
   */
  record Taken(List<Operation.Lookup.Taken> fields, Rows rows, boolean whole) {}

  /** The rows of a lookup of which nothing else is known. */
  static Rows unknown(Selections<FieldPath> take, Rows rows) {
    if (take.entries().isEmpty()) {
      return Rows.unknown();
    }
    Rows more = rows;
    for (Entry<FieldPath> entry : take.entries()) {
      more = more.plusDoubtful(entry.name().first());
    }
    return more;
  }

  Taken taken(Operation.Lookup.Missing missing, StepContext context) {
    List<Operation.Lookup.Taken> taken = new ArrayList<>();
    Rows rows = context.rows();
    for (Entry<FieldPath> entry : wanted()) {
      boolean plain = entry.name().names().size() == 1;
      String name = plain ? entry.name().first() : hidden(entry);
      String from = entry.value().toString();
      Optional<Field> field = schema.field(from);
      if (field.isEmpty()) {
        context.problem(
            ProblemCode.E301,
            entry.valueOrigin(),
            where + " has no field `" + from + "`",
            Nearest.hint(from, "fields there", schema.names()));
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
    return new Taken(taken, rows, taken.size() == wanted().size());
  }

  /** The lookup, and behind it what moves fields to the paths that they come out at. */
  Planned planned(
      Optional<? extends Operation.RowOperation> lookup, Rows rows, StepContext context) {
    if (take.entries().stream().allMatch(e -> e.name().names().size() == 1)) {
      return Planned.of(lookup, rows);
    }
    NewRow row = NewRow.changed(context.over(rows));
    for (Entry<FieldPath> entry : take.entries()) {
      String hidden = hidden(entry);
      if (row.has(hidden)) {
        row.drop(hidden);
        ExpressionText value = Woven.own(Woven.field(hidden), entry.valueOrigin());
        row.assign(entry.name(), entry.origin(), value);
      }
    }
    Planned moved = row.done();
    if (lookup.isPresent()
        && moved.operation().orElse(null) instanceof Operation.RowOperation last) {
      Operation.Link link = new Operation.Link(lookup.get(), rows.schema(), context.origin());
      Operation.Link end = new Operation.Link(last, moved.rows().schema(), context.origin());
      return Planned.of(new Operation.Chain(List.of(link, end)), moved.rows());
    }
    return Planned.wrong(moved.rows());
  }

  /** Fields that come out below others are taken under a name that no field has. */
  private static String hidden(Entry<FieldPath> entry) {
    return "$" + entry.name();
  }

  private List<Entry<FieldPath>> wanted() {
    if (!take.entries().isEmpty()) {
      return take.entries();
    }
    List<Entry<FieldPath>> all = new ArrayList<>();
    for (String name : schema.names()) {
      if (!key.contains(name)) {
        FieldPath path = FieldPath.of(name);
        all.add(new Entry<>(path, at, path, at));
      }
    }
    return all;
  }
}
