package io.penstock.core.expression.function;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.Function.Family;
import io.penstock.core.expression.function.Function.Nulls;
import io.penstock.json.Json;
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

  @Function(
      family = Family.CONTROL,
      signature = "(value: T?, unwanted: T?) -> T?",
      summary = "Null where the two are equal, else the first.",
      examples = {"nullif(0, 0) === null", "nullif(1, 0) == 1", "nullif('-', '-') === null"},
      nulls = Nulls.SEES_NULLS)
  public static @Nullable Object nullif(
      Call call, @Nullable Object value, @Nullable Object unwanted) {
    return Values.equal(call.argument(0).type(), value, unwanted) ? null : value;
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: any?) -> boolean",
      summary = "Whether the value is null.",
      examples = {"is_null(null)", "not is_null('')"},
      nulls = Nulls.SEES_NULLS)
  public static boolean isNull(@Nullable Object value) {
    return value == null || value instanceof Json json && json.isNull();
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: any?) -> boolean",
      summary = "Whether the value is there: not null.",
      examples = {"exists(0)", "not exists(null)"},
      nulls = Nulls.SEES_NULLS)
  public static boolean exists(@Nullable Object value) {
    return !isNull(value);
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: any?) -> boolean",
      summary =
          "Whether the value is null, an empty text or bytes, or a list or map without parts.",
      examples = {"is_empty('')", "is_empty(null)", "not is_empty([1])"},
      nulls = Nulls.SEES_NULLS)
  public static boolean isEmpty(@Nullable Object value) {
    return isNull(value) || value != null && Sizes.of(value) == 0;
  }

  @Function(
      family = Family.CONTROL,
      signature = "(message: string) -> boolean?",
      summary = "Fails the row with a message; in place of a value that cannot be given.",
      examples = "try(error('no such country'), true)",
      fails = "always")
  public static @Nullable Boolean error(String message) {
    throw new EvaluationException(ProblemCode.D209, message);
  }

  @Function(
      family = Family.CONTROL,
      signature = "(condition: boolean?, message: string?) -> boolean",
      summary = "True where the condition is; else the row fails with the message.",
      examples = {"assert(2 > 1, 'two is less')", "try(assert(null, 'unknown'), false) == false"},
      fails = "the condition is not true",
      nulls = Nulls.SEES_NULLS)
  public static boolean assert_(@Nullable Boolean condition, @Nullable String message) {
    if (Boolean.TRUE.equals(condition)) {
      return true;
    }
    throw new EvaluationException(
        ProblemCode.D209, message == null ? "the condition is not true" : message);
  }

  @Function(
      family = Family.CONTROL,
      signature = "(value: any?) -> string",
      summary = "The name of the value's type; of a json value what it holds.",
      examples = {
        "type_of(1) == 'int'",
        "type_of('a') == 'string'",
        "type_of(parse_json('[1]')) == 'list'"
      },
      nulls = Nulls.SEES_NULLS)
  public static String typeOf(Call call, @Nullable Object value) {
    if (isNull(value)) {
      return "null";
    }
    if (value instanceof Json json) {
      return switch (json.kind()) {
        case NULL -> "null";
        case BOOLEAN -> "boolean";
        case NUMBER -> "number";
        case TEXT -> "string";
        case LIST -> "list";
        case OBJECT -> "record";
      };
    }
    return call.argument(0).type().toString();
  }
}
