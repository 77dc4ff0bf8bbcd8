package io.penstock.core.expression.closure;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.typed.Typed;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code in}: by a set where the list is the same for every row. */
final class MembershipCodes {
  private static final int FEW = 6;

  private MembershipCodes() {}

  static Code.OfTruth of(Typed.Membership node, Code value, Code list) {
    if (node.list() instanceof Typed.Constant constant
        && constant.value().orElse(0) instanceof List<?> elements) {
      DataType element = ((DataType.ListOf) constant.type().type()).element().type();
      return constant(element, value, elements);
    }
    if (node.list().type().type().equals(DataType.JSON)) {
      return json(value, list);
    }
    DataType element = ((DataType.ListOf) node.list().type().type()).element().type();
    return frame -> {
      Object wanted = value.value(frame);
      Object all = wanted == null ? null : list.value(frame);
      if (wanted == null || all == null) {
        frame.missing = true;
        return false;
      }
      return found(element, wanted, (List<?>) all, frame);
    };
  }

  private static boolean found(DataType type, Object wanted, List<?> all, Frame frame) {
    boolean unknown = false;
    for (int i = 0; i < all.size(); i++) {
      Object element = all.get(i);
      if (element == null) {
        unknown = true;
      } else if (Values.equal(type, wanted, element)) {
        return true;
      }
    }
    frame.missing = unknown;
    return false;
  }

  /** A json value that is no list has no elements. */
  private static Code.OfTruth json(Code value, Code list) {
    return frame -> {
      Object wanted = value.value(frame);
      Json all = wanted == null ? null : (Json) list.value(frame);
      if (wanted == null || all == null) {
        frame.missing = true;
        return false;
      }
      return all.kind() == Json.Kind.LIST && all.elements().contains(wanted);
    };
  }

  private static Code.OfTruth constant(DataType type, Code value, List<?> elements) {
    boolean unknown = elements.stream().anyMatch(Objects::isNull);
    List<?> known = elements.stream().filter(Objects::nonNull).toList();
    if (value instanceof Code.OfLong number) {
      long[] sorted = known.stream().mapToLong(e -> (Long) e).sorted().toArray();
      return frame -> {
        long wanted = number.number(frame);
        if (frame.missing) {
          return false;
        }
        boolean found = Arrays.binarySearch(sorted, wanted) >= 0;
        frame.missing = !found && unknown;
        return found;
      };
    }
    if (value instanceof ColumnCodes.TextColumn column && known.size() <= FEW) {
      return fewTexts(column, known, unknown);
    }
    if (type.equals(DataType.STRING) || type.equals(DataType.JSON)) {
      Set<?> set = new HashSet<>(known);
      return frame -> {
        Object wanted = value.value(frame);
        return wanted == null ? absent(frame) : told(frame, set.contains(wanted), unknown);
      };
    }
    return frame -> {
      Object wanted = value.value(frame);
      return wanted == null
          ? absent(frame)
          : told(frame, found(type, wanted, known, frame), unknown);
    };
  }

  private static boolean absent(Frame frame) {
    frame.missing = true;
    return false;
  }

  private static boolean told(Frame frame, boolean found, boolean unknown) {
    frame.missing = !found && unknown;
    return found;
  }

  private static Code.OfTruth fewTexts(
      ColumnCodes.TextColumn column, List<?> known, boolean unknown) {
    byte[][] texts = new byte[known.size()][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = ((String) known.get(i)).getBytes(StandardCharsets.UTF_8);
    }
    int index = column.index();
    return frame -> {
      Column.Bytes here = (Column.Bytes) frame.columns[index];
      return here.isNull(frame.row)
          ? absent(frame)
          : told(frame, any(here, frame.row, texts), unknown);
    };
  }

  private static boolean any(Column.Bytes column, int row, byte[][] texts) {
    int from = column.from(row);
    int to = column.to(row);
    for (byte[] text : texts) {
      if (to - from == text.length
          && Arrays.equals(column.bytes(), from, to, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }
}
