package io.penstock.dsl.language.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.transform.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows of several steps brought together by name. */
final class Unions {
  private final Problems problems;

  Unions(Problems problems) {
    this.problems = problems;
  }

  /** The rows together; empty where types do not go together, or something above is wrong. */
  Optional<Rows> of(List<Outlet> from, List<Rows> all, StepHead reader) {
    if (all.stream().anyMatch(rows -> !rows.known())) {
      return Optional.empty();
    }
    List<Schema> schemas = all.stream().map(Rows::schema).toList();
    Optional<String> conflict = SchemaTypes.conflict(schemas).or(() -> differingParts(schemas));
    if (conflict.isPresent()) {
      report(conflict.get(), from, all, reader);
      return Optional.empty();
    }
    return SchemaTypes.union(schemas).map(schema -> together(all, schema));
  }

  /** A field whose records, lists or maps have parts of different types: those do not widen. */
  private static Optional<String> differingParts(List<Schema> schemas) {
    Schema union = SchemaTypes.union(schemas).orElseThrow();
    for (Field field : union.fields()) {
      DataType type = field.type().type();
      boolean whole = type instanceof DataType.Simple || type instanceof DataType.Decimal;
      boolean same =
          schemas.stream()
              .flatMap(schema -> schema.field(field.name()).stream())
              .allMatch(own -> own.type().type().equals(type));
      if (!whole && !same) {
        return Optional.of(field.name());
      }
    }
    return Optional.empty();
  }

  private static Rows together(List<Rows> all, Schema schema) {
    Set<String> doubtful = new HashSet<>();
    Map<String, ValueType> meta = new LinkedHashMap<>(all.get(0).meta());
    Optional<String> endless = Optional.empty();
    boolean made = false;
    for (Rows one : all) {
      doubtful.addAll(one.doubtful());
      meta.keySet().retainAll(one.meta().keySet());
      endless = endless.or(one::endless);
      made |= one.made();
    }
    return new Rows(schema, true, doubtful, Set.of(), meta, endless, made, beside(all));
  }

  private void report(String field, List<Outlet> from, List<Rows> all, StepHead reader) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).doubtful().contains(field)) {
        return;
      }
      String step = from.get(i).input().toString();
      all.get(i)
          .schema()
          .field(field)
          .map(Field::type)
          .ifPresent(type -> types.add(type.type() + " in `" + step + "`"));
    }
    problems.add(
        ProblemCode.E408,
        reader.origin(),
        "`"
            + reader.name()
            + "` reads steps whose field `"
            + field
            + "` is "
            + String.join(", ", types),
        "convert it in one of them, or rename it");
  }

  /** What all of them have beside their fields; one that has changes is enough. */
  private static Rows.Beside beside(List<Rows> all) {
    return new Rows.Beside(
        all.stream().allMatch(rows -> rows.beside().time()),
        all.stream().allMatch(rows -> rows.beside().window()),
        all.stream().anyMatch(rows -> rows.beside().changes()));
  }
}
