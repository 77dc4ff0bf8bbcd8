package io.penstock.dsl.language.transform;

import io.penstock.api.option.ExpressionText;
import io.penstock.core.expression.Expression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code [price desc, id nulls first]}. */
final class Orders {
  private static final Pattern WAY =
      Pattern.compile("\\s+(?<way>asc|desc)$|\\s+nulls\\s+(?<nulls>first|last)$");

  private Orders() {}

  static Optional<List<Operation.OrderBy>> read(List<ExpressionText> keys, StepContext context) {
    return read(keys, context, (value, text) -> true);
  }

  /**
   * The same with a further check.
   *
   * @param accepted reports what is wrong with a value
   */
  static Optional<List<Operation.OrderBy>> read(
      List<ExpressionText> keys,
      StepContext context,
      BiPredicate<Expression, ExpressionText> accepted) {
    List<Operation.OrderBy> read = new ArrayList<>();
    for (ExpressionText key : keys) {
      key(key, context).filter(by -> accepted.test(by.value(), key)).ifPresent(read::add);
    }
    return read.size() < keys.size() ? Optional.empty() : Optional.of(read);
  }

  private static Optional<Operation.OrderBy> key(ExpressionText key, StepContext context) {
    String text = key.text().stripTrailing();
    boolean descending = false;
    boolean nullsFirst = false;
    for (Matcher way = WAY.matcher(text); way.find(); way = WAY.matcher(text)) {
      descending |= "desc".equals(way.group("way"));
      nullsFirst |= "first".equals(way.group("nulls"));
      text = text.substring(0, way.start());
    }
    boolean down = descending;
    boolean first = nullsFirst;
    Optional<Expression> value = context.check(new ExpressionText(text, key.places()));
    return value.map(v -> new Operation.OrderBy(v, down, first));
  }
}
