package io.penstock.dsl.language.schema;

import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.TextTypes;
import java.util.Map;

/**
 * A type as declared.
 *
 * @param patterns how times are written, by path
 */
public record DeclaredType(ValueType type, Map<FieldPath, TextTypes.TimePattern> patterns) {
  public DeclaredType {
    patterns = Map.copyOf(patterns);
  }
}
