package io.penstock.core.expression;

/**
 * The boxed form of values, for closures, tests and everything that is not a hot loop:
 *
 * <ul>
 *   <li>boolean {@code Boolean}; int, timestamp, duration (micros), date (days) {@code Long};
 *       double {@code Double}
 *   <li>decimal {@code BigDecimal}, with the scale of its type
 *   <li>string {@code String}; bytes {@code byte[]}; json {@code io.penstock.json.Json}
 *   <li>list {@code List}; map {@code Map} in insertion order; record {@code Object[]} in the
 *       schema's order (null elements)
 * </ul>
 */
public final class Values {
  private Values() {}
}
