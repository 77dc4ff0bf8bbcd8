package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.expression.aggregate.AggregateDeclaration;
import io.penstock.core.expression.aggregate.AggregateFunctions;
import io.penstock.core.expression.function.Function.Nulls;
import io.penstock.core.expression.function.TypePattern.Slot;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeclarationsTest {
  static List<FunctionDeclaration> functions() {
    return Functions.standard().all();
  }

  static List<AggregateDeclaration> aggregates() {
    return AggregateFunctions.standard().names().stream()
        .map(name -> AggregateFunctions.standard().named(name).orElseThrow())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void eachMethodTakesAndGivesWhatItsSignatureSays(FunctionDeclaration function) {
    List<Type> types = new ArrayList<>(Arrays.asList(function.method().getParameterTypes()));
    types.removeIf(type -> type == RowContext.class || type == Call.class);
    List<Signature.Parameter> parameters = function.signature().parameters();

    assertEquals(parameters.size(), types.size(), function.toString());
    for (int i = 0; i < types.size(); i++) {
      boolean repeated = function.signature().repeats() && i == types.size() - 1;
      Type wanted = repeated ? List.class : javaType(parameters.get(i).type());
      assertEquals(wanted, types.get(i), function + ": " + parameters.get(i));
    }
    Type result = javaType(function.signature().result());
    boolean fits =
        result == function.method().getReturnType()
            || result == Object.class
            || function.signature().result().pattern() instanceof TypePattern.ListOf
                && List.class.isAssignableFrom(function.method().getReturnType());
    assertTrue(fits, function + " gives " + function.method().getReturnType());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void eachFunctionIsDescribed(FunctionDeclaration function) {
    String summary = function.about().summary();
    assertTrue(summary.endsWith(".") || summary.endsWith("~"), summary);
    assertTrue(
        Character.isUpperCase(summary.charAt(0)) || !Character.isLetter(summary.charAt(0)),
        summary);
    assertTrue(function.about().examples().length > 0, function.toString());
    boolean seesNulls = function.about().nulls() == Nulls.SEES_NULLS;
    boolean takesNulls =
        function.signature().parameters().stream().anyMatch(p -> p.type().optional());
    assertEquals(seesNulls, takesNulls, function.toString());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void eachTypingCanBeMade(FunctionDeclaration function) throws ReflectiveOperationException {
    assertTrue(function.about().typing().getDeclaredConstructor().newInstance() != null);
  }

  @ParameterizedTest
  @MethodSource("aggregates")
  void eachAggregateIsDescribed(AggregateDeclaration aggregate) throws Exception {
    assertTrue(aggregate.about().summary().endsWith("."), aggregate.name());
    for (String example : aggregate.about().examples()) {
      assertTrue(example.contains(" | "), example);
    }
    assertTrue(aggregate.about().typing().getDeclaredConstructor().newInstance() != null);
  }

  private static Type javaType(Slot slot) {
    TypePattern pattern = slot.pattern();
    if (pattern instanceof TypePattern.Exact exact) {
      return switch (exact.type().toString()) {
        case "boolean" -> slot.optional() ? Boolean.class : boolean.class;
        case "int", "timestamp", "date", "duration" -> slot.optional() ? Long.class : long.class;
        case "double" -> slot.optional() ? Double.class : double.class;
        case "string" -> String.class;
        case "bytes" -> byte[].class;
        default -> io.penstock.json.Json.class;
      };
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return java.math.BigDecimal.class;
    }
    if (pattern instanceof TypePattern.ListOf) {
      return List.class;
    }
    if (pattern instanceof TypePattern.MapOf) {
      return Map.class;
    }
    if (pattern instanceof TypePattern.AnyRecord || pattern instanceof TypePattern.RecordOf) {
      return Object[].class;
    }
    return pattern instanceof TypePattern.FunctionOf ? Lambda.class : Object.class;
  }
}
