package io.penstock.core.expression.closure;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.RowError;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.typed.Typed;
import io.penstock.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes why a row failed. */
final class Failures {
  private static final String MASK = "***";

  private Failures() {}

  static RowError describe(RowFailure failure, Batch rows, int row) {
    Map<String, String> values = new LinkedHashMap<>();
    collect(failure.node(), rows, row, values);
    return new RowError(
        failure.code(),
        failure.node().at().origin(),
        masked(failure.node(), failure.text()),
        values);
  }

  private static void collect(Typed tree, Batch rows, int row, Map<String, String> into) {
    if (tree instanceof Typed.Column column) {
      if (column.index() < rows.columns().length && !column.name().isEmpty()) {
        Object value = Values.get(rows.column(column.index()), column.type().type(), row);
        into.put(column.name(), shown(column, value));
      }
      return;
    }
    if (tree instanceof Typed.JsonMember member) {
      String path = path(member);
      if (!path.isEmpty()) {
        into.put(path, shown(member, read(member, rows, row)));
        return;
      }
    }
    for (Typed part : tree.parts()) {
      collect(part, rows, row, into);
    }
  }

  private static String shown(Typed of, @Nullable Object value) {
    return value == null ? "null" : Conversions.shown(Values.toText(of.type().type(), value));
  }

  /** The path into an open row's rest; empty for members of anything else. */
  private static String path(Typed.JsonMember member) {
    if (member.json() instanceof Typed.Column column) {
      return column.name().isEmpty() ? member.name() : column.name() + "." + member.name();
    }
    if (member.json() instanceof Typed.JsonMember outer) {
      String before = path(outer);
      return before.isEmpty() ? "" : before + "." + member.name();
    }
    return "";
  }

  private static @Nullable Json read(Typed tree, Batch rows, int row) {
    if (tree instanceof Typed.JsonMember member) {
      Json outer = read(member.json(), rows, row);
      return outer == null || outer.kind() != Json.Kind.OBJECT
          ? null
          : outer.member(member.name()).orElse(null);
    }
    Column column = rows.column(((Typed.Column) tree).index());
    return (Json) Values.get(column, tree.type().type(), row);
  }

  /** The message without the values of secret parameters. */
  private static String masked(Typed tree, String message) {
    String masked = message;
    if (tree instanceof Typed.Constant constant && constant.secret()) {
      Object value = constant.value().orElse("");
      String text = Values.toText(constant.type().type(), value);
      masked = text.isEmpty() ? masked : masked.replace(text, MASK);
    }
    for (Typed part : tree.parts()) {
      masked = masked(part, masked);
    }
    return masked;
  }
}
