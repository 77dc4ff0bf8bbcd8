package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.expression.aggregate.AggregateFunctions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  static Stream<String> functions() {
    return Functions.standard().all().stream().flatMap(f -> Arrays.stream(f.about().examples()));
  }

  static Stream<String> aggregates() {
    return AggregateFunctions.standard().names().stream()
        .flatMap(name -> AggregateFunctions.standard().named(name).stream())
        .flatMap(a -> Arrays.stream(a.about().examples()));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyExampleOfAFunctionIsTrue(String example) {
    assertEquals("true", Run.text(example), example);
  }

  @ParameterizedTest
  @MethodSource("aggregates")
  void everyExampleOfAnAggregateIsTrue(String example) {
    assertEquals("true", Run.aggregate(example), example);
  }
}
