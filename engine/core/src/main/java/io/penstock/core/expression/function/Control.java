package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions that choose. The checker knows {@code if}, {@code case}, {@code coalesce} and {@code
 * try} by name and evaluates only the argument that is taken; their methods are what they mean for
 * values at hand.
 */
public final class Control {
  private Control() {}

  @Function(
      family = Family.CONTROL,
      signature = "(condition: boolean?, then: T?, otherwise: T?) -> T?",
      summary = "The second argument where the condition is true, else the third.",
      examples = {"if(2 > 1, 'a', 'b') == 'a'", "if(null, 'a', 'b') == 'b'"},
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object if_(
      @Nullable Boolean condition, @Nullable Object then, @Nullable Object otherwise) {
    return Boolean.TRUE.equals(condition) ? then : otherwise;
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: T?, more: T?...) -> T?",
      summary = "The first argument that is not null.",
      examples = {"coalesce(null, 'a', 'b') == 'a'", "coalesce(null, null) === null"},
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object coalesce(@Nullable Object value, List<?> more) {
    if (value != null) {
      return value;
    }
    for (Object next : more) {
      if (next != null) {
        return next;
      }
    }
    return null;
  }
}
