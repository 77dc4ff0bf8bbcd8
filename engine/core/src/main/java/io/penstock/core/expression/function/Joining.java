package io.penstock.core.expression.function;

import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import java.util.List;

/** The function that joins values of any types. */
public final class Joining {
  private Joining() {}

  @Function(
      family = Family.TEXT,
      signature = "(values: any?...) -> string",
      summary = "The values as one text, one after the other; nulls are left out.",
      examples = {"concat('a', null, 1) == 'a1'", "concat() == ''"},
      fails = "the text would be too large",
      nulls = Nulls.SEES_NULLS)
  public static String concat(Call call, List<?> values) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value != null) {
        result.append(Values.toText(call.argument(i).type(), value));
        if (result.length() > Failure.MAX_TEXT_BYTES) {
          throw Failure.longText();
        }
      }
    }
    return Failure.limited(result.toString());
  }
}
