package io.penstock.core.compile;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.function.Function.Nulls;
import io.penstock.core.expression.function.Lambda;
import io.penstock.core.expression.function.RowContext;
import io.penstock.core.expression.function.Sizes;
import io.penstock.core.expression.function.Text;
import io.penstock.core.expression.function.TextParts;
import io.penstock.core.expression.function.TimeParts;
import io.penstock.core.expression.typed.Typed;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which calls become Java, and which of them have a form of their own on bytes. */
final class Calls {
  private static final int MANY = 40;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Set<String> CLOCK =
      Set.of("year", "month", "day", "hour", "minute", "second", "dayOfWeek");

  private Calls() {}

  /** What a call is to a generated loop. */
  enum Form {
    /** The declared method. */
    METHOD,
    /** A part of its first argument. */
    PART,
    /** A text appended to a buffer. */
    APPENDED,
    /** Values one behind the other, nulls left out. */
    CONCAT,
    /** The canonical text of the argument. */
    CANONICAL,
    /** A test of two texts. */
    TEST,
    /** The length of a text. */
    LENGTH,
    /** A number or a text as an int or double. */
    NUMBER,
    /** A part of a time in a zone with a fixed distance to UTC. */
    CLOCK
  }

  static boolean isNative(Typed.Invoke node) {
    if (form(node) != Form.METHOD) {
      return true;
    }
    Method method = node.function().method();
    for (Class<?> type : method.getParameterTypes()) {
      if (type == RowContext.class || type == Lambda.class) {
        return false;
      }
    }
    return node.arguments().size() <= MANY && node.function().about().deterministic();
  }

  static boolean isAppended(Typed.Invoke node) {
    return switch (form(node)) {
      case APPENDED, CONCAT, CANONICAL -> true;
      case METHOD, PART, TEST, LENGTH, NUMBER, CLOCK -> false;
    };
  }

  static Form form(Typed.Invoke node) {
    Class<?> family = node.function().method().getDeclaringClass();
    String name = node.function().method().getName();
    int count = node.arguments().size();
    if (family == Text.class && count == 1) {
      return switch (name) {
        case "upper", "lower" -> Form.APPENDED;
        case "trim", "trimStart", "trimEnd" -> Form.PART;
        default -> Form.METHOD;
      };
    }
    if (family == TextParts.class) {
      return switch (name) {
        case "substring", "left", "right" -> Form.PART;
        case "contains", "startsWith", "endsWith" -> Form.TEST;
        default -> Form.METHOD;
      };
    }
    if (family == Sizes.class && Natives.kind(node.arguments().get(0)) == Kind.TEXT) {
      return name.equals("byteLength") ? Form.METHOD : Form.LENGTH;
    }
    if (family == TimeParts.class && CLOCK.contains(name) && count == 2) {
      return offset(node).isPresent() ? Form.CLOCK : Form.METHOD;
    }
    return other(node);
  }

  private static Form other(Typed.Invoke node) {
    String name = node.function().name();
    if (name.equals("concat") && node.arguments().size() <= MANY / 2) {
      return Form.CONCAT;
    }
    if (name.equals("to_string")) {
      return Form.CANONICAL;
    }
    return isNumber(node) ? Form.NUMBER : Form.METHOD;
  }

  private static boolean isNumber(Typed.Invoke node) {
    String name = node.function().name();
    if (node.arguments().size() != 1) {
      return false;
    }
    DataType from = node.arguments().get(0).type().type();
    boolean number = from.equals(DataType.INT) || from.equals(DataType.DOUBLE);
    return name.equals("to_int") && (number || from.equals(DataType.STRING))
        || name.equals("to_double") && number;
  }

  /** How far a constant zone is from UTC, in micros, where that never changes. */
  static OptionalLong offset(Typed.Invoke node) {
    Optional<Object> zone =
        node.arguments().get(1) instanceof Typed.Constant constant
            ? constant.value()
            : Optional.empty();
    if (zone.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return ZoneId.of((String) zone.get()).normalized() instanceof ZoneOffset fixed
          ? OptionalLong.of(fixed.getTotalSeconds() * MICROS_PER_SECOND)
          : OptionalLong.empty();
    } catch (DateTimeException unknown) {
      return OptionalLong.empty();
    }
  }

  /** Whether a null argument gives null without a call. */
  static boolean isStrict(Typed.Invoke node, int argument) {
    return node.function().about().nulls() == Nulls.STRICT
        || !node.function().signature().parameter(argument).type().optional();
  }

  /** Whether the method may throw for some arguments. */
  static boolean fails(Typed.Invoke node) {
    return !node.function().about().fails().isEmpty();
  }
}
