package io.penstock.core.expression;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.core.expression.typed.Typed;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A checked expression: typed, every conversion explicit. Immutable.
 *
 * @param source the text
 * @param root the typed tree
 * @param fallible whether it may fail for a row
 * @param deterministic whether the same row always gives the same value
 * @param reads the fields of the row that it reads; of an open row's rest, the paths into it; the
 *     path {@code *} where it reads the row or its rest as a whole
 * @param meta the names of {@code meta.*} that it reads
 */
public record Expression(
    ExpressionText source,
    Typed root,
    boolean fallible,
    boolean deterministic,
    Set<FieldPath> reads,
    Set<String> meta) {
  public Expression {
    reads = Set.copyOf(reads);
    meta = Set.copyOf(meta);
  }

  public ValueType type() {
    return root.type();
  }

  /** The column that it copies, where it is a field and nothing else. */
  public OptionalInt column() {
    return root instanceof Typed.Column column
        ? OptionalInt.of(column.index())
        : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return source.text();
  }
}
