package io.penstock.core.expression;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import java.util.Set;

/**
 * A checked expression: typed, every conversion explicit. Immutable.
 *
 * @param source the text
 * @param root the typed tree
 * @param fallible whether it may fail for a row
 * @param deterministic whether the same row always gives the same value
 * @param reads the fields of the row that it reads; of an open row's rest, the paths into it
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

  @Override
  public String toString() {
    return source.text();
  }
}
