package io.penstock.core.expression.closure;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.function.Call;
import io.penstock.core.expression.function.Function.Nulls;
import io.penstock.core.expression.function.FunctionDeclaration;
import io.penstock.core.expression.function.Lambda;
import io.penstock.core.expression.function.RowContext;
import io.penstock.core.expression.function.Signature;
import io.penstock.core.expression.typed.Typed;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of declared functions. */
final class InvokeCodes {
  private InvokeCodes() {}

  static Code of(Typed.Invoke node, List<Code> arguments) {
    Code boxed = new Invoked(node, arguments);
    DataType type = node.type().type();
    if (type.equals(DataType.BOOLEAN)) {
      return ConvertCodes.truth(boxed);
    }
    if (type.equals(DataType.DOUBLE)) {
      Code.OfDouble code =
          frame -> {
            Object value = boxed.value(frame);
            frame.missing = value == null;
            return value == null ? 0 : (Double) value;
          };
      return code;
    }
    boolean number =
        type.equals(DataType.INT)
            || type.equals(DataType.TIMESTAMP)
            || type.equals(DataType.DATE)
            || type.equals(DataType.DURATION);
    if (number) {
      Code.OfLong code =
          frame -> {
            Object value = boxed.value(frame);
            frame.missing = value == null;
            return value == null ? 0 : (Long) value;
          };
      return code;
    }
    return boxed;
  }

  /** A lambda's body over the frame's locals. */
  static Code lambda(List<Integer> slots, Code body) {
    int first = slots.get(0);
    int second = slots.size() > 1 ? slots.get(1) : -1;
    return frame ->
        (Lambda)
            (a, b) -> {
              frame.locals[first] = a;
              if (second >= 0) {
                frame.locals[second] = b;
              }
              return body.value(frame);
            };
  }

  private static final class Invoked implements Code {
    private final Typed.Invoke node;
    private final MethodCall method;
    private final Code[] codes;
    private final boolean[] strict;
    private final int context;
    private final @Nullable Call call;
    private final int fixed;
    private final boolean repeats;
    private final DataType.@Nullable Decimal decimal;

    Invoked(Typed.Invoke node, List<Code> arguments) {
      this.node = node;
      FunctionDeclaration function = node.function();
      Signature signature = function.signature();
      Method called = function.method();
      this.method = new MethodCall(called);
      this.codes = arguments.toArray(Code[]::new);
      this.strict = new boolean[codes.length];
      for (int i = 0; i < codes.length; i++) {
        strict[i] =
            function.about().nulls() == Nulls.STRICT || !signature.parameter(i).type().optional();
      }
      Class<?>[] types = called.getParameterTypes();
      this.context = types.length > 0 && types[0] == RowContext.class ? 1 : 0;
      boolean takesCall = types.length > context && types[context] == Call.class;
      this.call = takesCall ? new Call(types(node), node.type()) : null;
      this.repeats = signature.repeats();
      this.fixed = signature.parameters().size() - (repeats ? 1 : 0);
      this.decimal = node.type().type() instanceof DataType.Decimal d ? d : null;
    }

    private static List<ValueType> types(Typed.Invoke node) {
      return node.arguments().stream().map(Typed::type).toList();
    }

    @Override
    public @Nullable Object value(Frame frame) {
      int before = context + (call == null ? 0 : 1);
      @Nullable Object[] values = new Object[before + fixed + (repeats ? 1 : 0)];
      if (context > 0) {
        values[0] = frame;
      }
      if (call != null) {
        values[context] = call;
      }
      List<Object> more = repeats ? new ArrayList<>(codes.length) : List.of();
      for (int i = 0; i < codes.length; i++) {
        Object value = codes[i].value(frame);
        if (value == null && strict[i]) {
          return null;
        }
        if (i < fixed) {
          values[before + i] = value;
        } else {
          more.add(value);
        }
      }
      if (repeats) {
        values[before + fixed] = more;
      }
      return fitted(call(values));
    }

    private @Nullable Object fitted(@Nullable Object value) {
      return decimal != null && value != null
          ? DecimalCodes.fitted(node, decimal, (BigDecimal) value)
          : value;
    }

    private @Nullable Object call(@Nullable Object[] values) {
      try {
        return method.of(values);
      } catch (Throwable thrown) {
        // A handle may throw anything; what is no failure of the row goes on its way.
        throw failure(thrown);
      }
    }

    private RuntimeException failure(Throwable cause) {
      if (cause instanceof EvaluationException problem) {
        return new RowFailure(problem.code(), node, problem.text());
      }
      if (cause instanceof RowFailure inner) {
        return inner;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      return new IllegalStateException("function " + node.function(), cause);
    }
  }
}
