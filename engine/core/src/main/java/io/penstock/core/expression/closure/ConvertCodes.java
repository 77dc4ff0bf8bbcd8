package io.penstock.core.expression.closure;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.typed.Typed;
import io.penstock.json.Json;
import org.jspecify.annotations.Nullable;

/** The implicit conversions. */
final class ConvertCodes {
  private ConvertCodes() {}

  static Code of(Typed.Convert node, Code of) {
    DataType from = node.value().type().type();
    DataType to = node.type().type();
    if (from.equals(DataType.JSON)) {
      return fromJson(node, of);
    }
    if (of instanceof Code.OfLong number && from.equals(DataType.INT)) {
      if (to.equals(DataType.DOUBLE)) {
        Code.OfDouble code = frame -> number.number(frame);
        return code;
      }
      if (to instanceof DataType.Decimal decimal) {
        return DecimalCodes.ofLong(node, decimal, number);
      }
    }
    return boxed(node, of, from, to);
  }

  /** The explicit conversion. */
  static Code cast(Typed.Cast node, Code of) {
    return boxed(node, of, node.value().type().type(), node.type().type());
  }

  private static Code boxed(Typed node, Code of, DataType from, DataType to) {
    return frame -> {
      Object value = of.value(frame);
      if (value == null) {
        return null;
      }
      try {
        return Conversions.cast(value, from, to);
      } catch (EvaluationException problem) {
        throw new RowFailure(problem.code(), node, problem.text());
      }
    };
  }

  private static Code fromJson(Typed.Convert node, Code of) {
    ValueType wanted = node.type();
    Code boxed = frame -> converted(node, wanted, (Json) of.value(frame));
    if (of instanceof Code.OfJson json && wanted.type().equals(DataType.INT)) {
      return JsonCodes.whole(json, boxed);
    }
    if (of instanceof Code.OfJson json && wanted.type().equals(DataType.STRING)) {
      return new JsonCodes.Text(node, json, boxed);
    }
    if (wanted.type() instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case INT, TIMESTAMP, DATE, DURATION -> {
          Code.OfLong code =
              frame -> {
                Object value = boxed.value(frame);
                frame.missing = value == null;
                return value == null ? 0 : (Long) value;
              };
          yield code;
        }
        case DOUBLE -> {
          Code.OfDouble code =
              frame -> {
                Object value = boxed.value(frame);
                frame.missing = value == null;
                return value == null ? 0 : (Double) value;
              };
          yield code;
        }
        case BOOLEAN -> truth(boxed);
        case STRING, BYTES, JSON -> boxed;
      };
    }
    return boxed;
  }

  static Code.OfTruth truth(Code boxed) {
    return frame -> {
      Object value = boxed.value(frame);
      frame.missing = value == null;
      return value != null && (Boolean) value;
    };
  }

  private static @Nullable Object converted(
      Typed.Convert node, ValueType wanted, @Nullable Json json) {
    try {
      return Conversions.fromJson(json, wanted);
    } catch (EvaluationException problem) {
      throw new RowFailure(problem.code(), node, problem.text());
    }
  }

  static RowFailure noNumber(Typed node, Json value) {
    return new RowFailure(
        ProblemCode.D204, node, "`" + Conversions.shown(value.toText()) + "` is no number");
  }
}
