package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the types that {@code cast} may name. */
final class TypeReader {
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
  private static final String OPTIONAL = "optional ";

  private TypeReader() {}

  static Optional<ValueType> read(String written) {
    String text = written.strip();
    if (text.startsWith(OPTIONAL)) {
      return read(text.substring(OPTIONAL.length())).map(ValueType::asOptional);
    }
    if (text.startsWith("[") && text.endsWith("]")) {
      return read(text.substring(1, text.length() - 1))
          .map(element -> ValueType.required(new DataType.ListOf(element)));
    }
    if (text.startsWith("map<") && text.endsWith(">")) {
      return read(text.substring(4, text.length() - 1))
          .map(value -> ValueType.required(new DataType.MapOf(value)));
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    for (DataType.Simple.Kind kind : DataType.Simple.Kind.values()) {
      DataType type = new DataType.Simple(kind);
      if (type.toString().equals(text)) {
        return Optional.of(ValueType.required(type));
      }
    }
    return Optional.empty();
  }

  private static Optional<ValueType> decimal(int precision, int scale) {
    boolean fits =
        precision >= 1 && precision <= DataType.Decimal.MAX_PRECISION && scale <= precision;
    return fits
        ? Optional.of(ValueType.required(new DataType.Decimal(precision, scale)))
        : Optional.empty();
  }
}
