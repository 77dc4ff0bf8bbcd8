package io.penstock.dsl.language.check;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import java.util.List;
import java.util.Optional;

/** Checks that rows have the key that a format of changes names. */
final class ChangeKeys {
  private ChangeKeys() {}

  /** Whether each row of the schema has the whole key; reports what is not so. */
  static boolean check(
      Optional<FormatConfig> format, Schema schema, Origin place, Problems problems) {
    List<String> key =
        format
            .flatMap(f -> f.format().traits().changes())
            .map(FormatTraits.Key::fields)
            .orElse(List.of());
    boolean whole = true;
    for (String name : key) {
      whole &= check(name, schema, place, problems);
    }
    return whole;
  }

  private static boolean check(String name, Schema schema, Origin place, Problems problems) {
    Optional<Field> field = schema.fields().stream().filter(f -> f.name().equals(name)).findFirst();
    if (field.isEmpty()) {
      problems.add(
          ProblemCode.E301,
          place,
          "the key names `" + name + "`, which is not in the schema",
          schema.fields().isEmpty()
              ? "declare it: `schema: { " + name + ": int, ... }`"
              : Nearest.hint(name, "fields here", schema.names()));
      return false;
    }
    if (field.get().type().optional()) {
      problems.add(
          ProblemCode.E403,
          place,
          "the key names `" + name + "`, which is optional, and each row must have its key",
          "leave `optional` out where the field is declared, or name another field");
      return false;
    }
    return true;
  }
}
