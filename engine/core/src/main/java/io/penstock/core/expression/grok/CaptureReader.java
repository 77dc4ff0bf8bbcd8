package io.penstock.core.expression.grok;

import io.penstock.api.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads fields and types of captures: {@code bytes:int}, {@code [http][status]}. */
final class CaptureReader {
  private static final int MAX_PARTS = 10;
  private static final Pattern BRACKETS = Pattern.compile("(?:\\[[^\\[\\]]+\\])+");
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(\\s*([0-9]{1,2})\\s*,\\s*([0-9]{1,2})\\s*\\)");
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("string", DataType.STRING),
          Map.entry("int", DataType.INT),
          Map.entry("integer", DataType.INT),
          Map.entry("long", DataType.INT),
          Map.entry("double", DataType.DOUBLE),
          Map.entry("float", DataType.DOUBLE),
          Map.entry("boolean", DataType.BOOLEAN),
          Map.entry("timestamp", DataType.TIMESTAMP),
          Map.entry("date", DataType.DATE),
          Map.entry("duration", DataType.DURATION));

  private CaptureReader() {}

  /** The path of a field: {@code a.b} or {@code [a][b]}. */
  static List<String> path(String field) {
    List<String> path = new ArrayList<>();
    boolean brackets = BRACKETS.matcher(field).matches();
    String names = brackets ? field.substring(1, field.length() - 1) : field;
    for (String name : names.split(brackets ? "\\]\\[" : "\\.", -1)) {
      path.add(name);
    }
    boolean wrong =
        path.size() > MAX_PARTS
            || path.stream().anyMatch(n -> n.isBlank() || n.contains("[") || n.contains("]"));
    if (wrong) {
      throw new GrokMistake(
          "`" + field + "` is no name of a field", "write a name, `a.b`, or `[a][b]`");
    }
    return path;
  }

  static DataType type(String written) {
    DataType known = TYPES.get(written);
    if (known != null) {
      return known;
    }
    Matcher decimal = DECIMAL.matcher(written);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      if (precision >= 1 && precision <= DataType.Decimal.MAX_PRECISION && scale <= precision) {
        return new DataType.Decimal(precision, scale);
      }
    }
    throw new GrokMistake(
        "`" + written + "` is no type of a field",
        "write int, double, decimal(12,2), boolean, timestamp, date, duration, or no type");
  }
}
