package io.penstock.dsl.language.transform;

import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Selections;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Reads {@code by}. */
final class Groups {
  private Groups() {}

  static Optional<List<NamedExpression>> read(Selections<ExpressionText> by, StepContext context) {
    return read(by, context, (value, text) -> true);
  }

  /**
   * The same with a further check.
   *
   * @param accepted reports what is wrong with a value
   */
  static Optional<List<NamedExpression>> read(
      Selections<ExpressionText> by,
      StepContext context,
      BiPredicate<Expression, ExpressionText> accepted) {
    List<NamedExpression> read = new ArrayList<>();
    for (Entry<ExpressionText> entry : by.entries()) {
      context
          .check(entry.value())
          .filter(value -> accepted.test(value, entry.value()))
          .ifPresent(value -> read.add(new NamedExpression(name(entry), value)));
    }
    return read.size() < by.entries().size() ? Optional.empty() : Optional.of(read);
  }

  /** A field of a record comes out under its last name. */
  static String name(Entry<?> entry) {
    List<String> names = entry.name().names();
    return names.get(names.size() - 1);
  }
}
