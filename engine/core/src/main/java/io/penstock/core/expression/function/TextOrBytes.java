package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;

/** The first argument is a text, bytes, or a json text. */
public final class TextOrBytes implements Typing {
  @Override
  public ValueType result(Arguments arguments) {
    DataType type = arguments.type(0).type();
    if (!type.equals(DataType.STRING)
        && !type.equals(DataType.BYTES)
        && !type.equals(DataType.JSON)) {
      throw new Mistake(
          0, "a text or bytes must stand here, not " + type, "write `to_string(...)` around it");
    }
    return arguments.declared();
  }
}
