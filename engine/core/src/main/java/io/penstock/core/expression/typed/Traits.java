package io.penstock.core.expression.typed;

import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a tree tells about itself: whether it may fail, whether it repeats, what it reads. */
public final class Traits {
  /** Stands for the row, or its rest, as a whole. */
  public static final FieldPath WHOLE = FieldPath.of("*");

  private Traits() {}

  /** Whether a row may make it fail. */
  public static boolean fallible(Typed tree) {
    if (tree instanceof Typed.Attempt attempt) {
      return attempt.otherwise().map(Traits::fallible).orElse(false);
    }
    if (failsItself(tree)) {
      return true;
    }
    for (Typed part : tree.parts()) {
      if (fallible(part)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the node may fail though its parts do not. */
  public static boolean failsItself(Typed node) {
    if (node instanceof Typed.Arithmetic arithmetic) {
      return arithmeticFails(arithmetic);
    }
    if (node instanceof Typed.Negate negate) {
      return !negate.type().type().equals(DataType.DOUBLE)
          && !(negate.type().type() instanceof DataType.Decimal);
    }
    if (node instanceof Typed.Convert convert) {
      return conversionFails(convert.value().type().type(), convert.type().type());
    }
    if (node instanceof Typed.Matching matching) {
      return matching.kind() == Typed.Matching.Kind.FINDS
          && !(matching.pattern() instanceof Typed.Constant);
    }
    if (node instanceof Typed.Invoke invoke) {
      return !invoke.function().about().fails().isEmpty()
          || invoke.type().type() instanceof DataType.Decimal decimal
              && decimal.precision() == DataType.Decimal.MAX_PRECISION;
    }
    return node instanceof Typed.MapMaking || node instanceof Typed.Cast;
  }

  private static boolean arithmeticFails(Typed.Arithmetic arithmetic) {
    boolean divides =
        arithmetic.sign() == Typed.Arithmetic.Sign.OVER
            || arithmetic.sign() == Typed.Arithmetic.Sign.MODULO;
    if (divides) {
      return !(arithmetic.right() instanceof Typed.Constant divisor)
          || divisor.value().filter(Traits::isZero).isPresent()
          || arithmetic.type().type() instanceof DataType.Decimal decimal
              && decimal.precision() == DataType.Decimal.MAX_PRECISION;
    }
    if (arithmetic.type().type() instanceof DataType.Decimal decimal) {
      return decimal.precision() == DataType.Decimal.MAX_PRECISION;
    }
    return !arithmetic.type().type().equals(DataType.DOUBLE);
  }

  private static boolean isZero(Object number) {
    return number instanceof Number n && n.doubleValue() == 0.0;
  }

  private static boolean conversionFails(DataType from, DataType to) {
    if (from.equals(DataType.JSON)) {
      return !to.equals(DataType.JSON);
    }
    if (to instanceof DataType.Decimal decimal) {
      int whole = decimal.precision() - decimal.scale();
      return from instanceof DataType.Decimal other
          ? whole < other.precision() - other.scale()
          : whole < 19;
    }
    return false;
  }

  /** Whether the same row always gives the same value. */
  public static boolean deterministic(Typed tree) {
    if (tree instanceof Typed.Invoke invoke && !invoke.function().about().deterministic()) {
      return false;
    }
    for (Typed part : tree.parts()) {
      if (!deterministic(part)) {
        return false;
      }
    }
    return true;
  }

  /** The paths that the tree reads out of a row of this schema. */
  public static Set<FieldPath> reads(Typed tree, Schema row) {
    Set<FieldPath> found = new LinkedHashSet<>();
    collect(tree, row, found);
    return found;
  }

  private static void collect(Typed tree, Schema row, Set<FieldPath> into) {
    Optional<List<String>> path = path(tree, row);
    if (path.isPresent()) {
      into.add(path.get().isEmpty() ? WHOLE : new FieldPath(path.get()));
      return;
    }
    for (Typed part : tree.parts()) {
      collect(part, row, into);
    }
  }

  /** The path of a field; nothing in it for a whole row or rest. */
  private static Optional<List<String>> path(Typed tree, Schema row) {
    if (tree instanceof Typed.Column column) {
      boolean rest = row.open() && column.index() == row.rest();
      return Optional.of(rest ? List.of() : List.of(column.name()));
    }
    if (tree instanceof Typed.WholeRow) {
      return Optional.of(List.of());
    }
    if (tree instanceof Typed.RecordField field) {
      return path(field.record(), row).map(p -> longer(p, field.name()));
    }
    if (tree instanceof Typed.JsonMember member) {
      return path(member.json(), row).map(p -> longer(p, member.name()));
    }
    return Optional.empty();
  }

  private static List<String> longer(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** The names of {@code meta.*} that the tree reads. */
  public static Set<String> meta(Typed tree) {
    Set<String> found = new LinkedHashSet<>();
    collectMeta(tree, found);
    return found;
  }

  private static void collectMeta(Typed tree, Set<String> into) {
    if (tree instanceof Typed.Meta meta) {
      into.add(meta.name());
    }
    for (Typed part : tree.parts()) {
      collectMeta(part, into);
    }
  }
}
