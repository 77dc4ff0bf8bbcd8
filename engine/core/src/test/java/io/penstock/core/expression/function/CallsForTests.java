package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import java.util.Arrays;

/** Places where a function is called. */
final class CallsForTests {
  private CallsForTests() {}

  static Call call(DataType... arguments) {
    return new Call(
        Arrays.stream(arguments).map(ValueType::required).toList(),
        ValueType.optional(DataType.STRING));
  }
}
