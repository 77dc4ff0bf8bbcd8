package io.penstock.core.expression.aggregate;

import io.penstock.api.data.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * The types found at one place where an aggregate is called.
 *
 * @param arguments after conversion
 * @param constants for each argument its value, where it is the same for every row and not null
 */
public record AggregateTypes(
    List<ValueType> arguments, List<Optional<Object>> constants, ValueType result) {
  public AggregateTypes {
    arguments = List.copyOf(arguments);
    constants = List.copyOf(constants);
  }
}
