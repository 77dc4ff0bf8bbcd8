package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.json.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The total order of values that are not null. */
final class Ordering {
  private Ordering() {}

  static boolean equal(DataType type, Object a, Object b) {
    if (a instanceof String || a instanceof Long || a instanceof Json || a instanceof Boolean) {
      return a.equals(b);
    }
    if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
      return equalMaps(((DataType.MapOf) type).value().type(), map, other);
    }
    return compare(type, a, b) == 0;
  }

  private static boolean equalMaps(DataType type, Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      if (!b.containsKey(entry.getKey())
          || !Values.equal(type, entry.getValue(), b.get(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }

  static int compare(DataType type, Object a, Object b) {
    if (a instanceof Long left) {
      return Long.compare(left, (Long) b);
    }
    if (a instanceof String left) {
      return compareTexts(left, (String) b);
    }
    if (a instanceof Double left) {
      return compareDoubles(left, (Double) b);
    }
    if (a instanceof BigDecimal left) {
      return left.compareTo((BigDecimal) b);
    }
    if (a instanceof Boolean left) {
      return Boolean.compare(left, (Boolean) b);
    }
    if (a instanceof byte[] left) {
      return Arrays.compareUnsigned(left, (byte[]) b);
    }
    if (a instanceof Json left) {
      return compareJson(left, (Json) b);
    }
    if (a instanceof List<?> left) {
      return compareLists(((DataType.ListOf) type).element().type(), left, (List<?>) b);
    }
    if (a instanceof Map<?, ?> left) {
      return compareMaps(((DataType.MapOf) type).value().type(), left, (Map<?, ?>) b);
    }
    return compareRecords(((DataType.RecordOf) type).schema(), (Object[]) a, (Object[]) b);
  }

  /** By code points, which is by UTF-8 bytes; not by chars. */
  static int compareTexts(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        // A surrogate stands for a code point above all other chars.
        boolean leftHigh = Character.isSurrogate(left);
        return leftHigh == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : leftHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  static int compareDoubles(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  private static int compareLists(DataType type, List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Values.compare(type, a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareRecords(Schema schema, @Nullable Object[] a, @Nullable Object[] b) {
    for (int i = 0; i < a.length; i++) {
      int order = Values.compare(schema.column(i).type(), a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compareMaps(DataType type, Map<?, ?> a, Map<?, ?> b) {
    Iterator<? extends Map.Entry<?, ?>> left = new TreeMap<>(a).entrySet().iterator();
    Iterator<? extends Map.Entry<?, ?>> right = new TreeMap<>(b).entrySet().iterator();
    while (left.hasNext() && right.hasNext()) {
      Map.Entry<?, ?> mine = left.next();
      Map.Entry<?, ?> theirs = right.next();
      int order = compareTexts((String) mine.getKey(), (String) theirs.getKey());
      if (order == 0) {
        order = Values.compare(type, mine.getValue(), theirs.getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private static int compareJson(Json a, Json b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.kind() != b.kind()) {
      return a.kind().compareTo(b.kind());
    }
    return switch (a.kind()) {
      case NULL -> 0;
      case BOOLEAN -> Boolean.compare(a.asBoolean().orElseThrow(), b.asBoolean().orElseThrow());
      case NUMBER -> a.asDecimal().orElseThrow().compareTo(b.asDecimal().orElseThrow());
      case TEXT -> compareTexts(a.asText().orElseThrow(), b.asText().orElseThrow());
      case LIST -> compareLists(DataType.JSON, a.elements(), b.elements());
      case OBJECT -> compareMaps(DataType.JSON, a.members(), b.members());
    };
  }

  static int hash(DataType type, Object value) {
    if (value instanceof Double number) {
      return Double.hashCode(number == 0.0 ? 0.0 : number);
    }
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros().hashCode();
    }
    if (value instanceof byte[] bytes) {
      return Arrays.hashCode(bytes);
    }
    if (value instanceof List<?> list) {
      int hash = 1;
      for (Object element : list) {
        hash = 31 * hash + Values.hash(((DataType.ListOf) type).element().type(), element);
      }
      return hash;
    }
    if (value instanceof Map<?, ?> map) {
      int hash = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        hash +=
            entry.getKey().hashCode()
                ^ Values.hash(((DataType.MapOf) type).value().type(), entry.getValue());
      }
      return hash;
    }
    if (value instanceof Object[] record) {
      int hash = 1;
      for (int i = 0; i < record.length; i++) {
        DataType field = ((DataType.RecordOf) type).schema().column(i).type();
        hash = 31 * hash + Values.hash(field, record[i]);
      }
      return hash;
    }
    return value.hashCode();
  }
}
