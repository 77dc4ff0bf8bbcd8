package io.penstock.core.expression;

import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.Map;

/**
 * What names mean where an expression stands.
 *
 * @param row the fields of the row; in an open row any other name is a path into the rest
 * @param records further rows by name ({@code left.x}, {@code right.x}); mostly empty
 * @param locals names that stand for hidden columns behind the row's fields ({@code let}); mostly
 *     empty
 * @param parameters {@code params.*}
 * @param meta {@code meta.*}
 * @param functions the pipeline's own functions, by name
 * @param patterns the pipeline's own grok patterns, by name
 */
public record Scope(
    Schema row,
    Map<String, Schema> records,
    Map<String, ValueType> locals,
    Map<String, Parameter> parameters,
    Map<String, ValueType> meta,
    Map<String, UserFunction> functions,
    Map<String, String> patterns) {
  /** A scope without patterns. */
  public Scope(
      Schema row,
      Map<String, Schema> records,
      Map<String, ValueType> locals,
      Map<String, Parameter> parameters,
      Map<String, ValueType> meta,
      Map<String, UserFunction> functions) {
    this(row, records, locals, parameters, meta, functions, Map.of());
  }

  /** A scope that knows the row alone. */
  public static Scope of(Schema row) {
    return new Scope(row, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** The same surroundings over another row. */
  public Scope over(Schema newRow) {
    return new Scope(newRow, records, locals, parameters, meta, functions, patterns);
  }
}
