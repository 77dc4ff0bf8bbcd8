package io.penstock.dsl.language.bind;

import io.penstock.api.problem.Origin;
import java.util.Map;

/**
 * Where the options of a component stand.
 *
 * @param component the component's key
 * @param keys the keys by option ({@code path}, {@code retry.first}); the main option in its short
 *     form has its value's place
 * @param values the values by option
 */
public record OptionOrigins(
    Origin component, Map<String, Origin> keys, Map<String, Origin> values) {
  public OptionOrigins {
    keys = Map.copyOf(keys);
    values = Map.copyOf(values);
  }

  /** The option's key; the component where the option is left out. */
  public Origin key(String option) {
    return keys.getOrDefault(option, component);
  }

  /** The option's value; the component where the option is left out. */
  public Origin value(String option) {
    return values.getOrDefault(option, component);
  }

  /** Whether the option is written. */
  public boolean has(String option) {
    return keys.containsKey(option);
  }
}
