package io.penstock.core.expression.closure;

import io.penstock.api.data.DataType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.typed.Typed;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of lists, maps, records and json values, and how these are made. */
final class PartCodes {
  private PartCodes() {}

  static Code field(Code record, int index) {
    return frame -> {
      Object value = record.value(frame);
      return value == null ? null : ((Object[]) value)[index];
    };
  }

  static Code member(Code json, String name) {
    if (json instanceof Code.OfJson walked) {
      return new ColumnCodes.Member(walked, name);
    }
    return frame -> {
      Json value = (Json) json.value(frame);
      return value == null ? null : notNull(value.member(name).orElse(null));
    };
  }

  private static @Nullable Json notNull(@Nullable Json json) {
    return json == null || json.isNull() ? null : json;
  }

  static Code element(Typed.Element node, Code of, Code index) {
    DataType type = node.of().type().type();
    return frame -> {
      Object whole = of.value(frame);
      Object at = whole == null ? null : index.value(frame);
      if (whole == null || at == null) {
        return null;
      }
      if (type instanceof DataType.MapOf) {
        return ((Map<?, ?>) whole).get(at);
      }
      if (whole instanceof Json json) {
        return notNull(jsonElement(json, at));
      }
      List<?> list = (List<?>) whole;
      int position = position((Long) at, list.size());
      return position < 0 ? null : list.get(position);
    };
  }

  private static @Nullable Json jsonElement(Json json, Object at) {
    if (at instanceof String name) {
      return json.kind() == Json.Kind.OBJECT ? json.member(name).orElse(null) : null;
    }
    if (json.kind() != Json.Kind.LIST) {
      return null;
    }
    int position = position((Long) at, json.size());
    return position < 0 ? null : json.element(position).orElse(null);
  }

  /** From 0, negative from the end; -1 where there is none. */
  private static int position(long index, int size) {
    long position = index < 0 ? index + size : index;
    return position < 0 || position >= size ? -1 : (int) position;
  }

  static Code list(List<Code> elements) {
    Code[] codes = elements.toArray(Code[]::new);
    return frame -> {
      List<Object> values = new ArrayList<>(codes.length);
      for (Code code : codes) {
        values.add(code.value(frame));
      }
      return values;
    };
  }

  static Code record(List<Code> values) {
    Code[] codes = values.toArray(Code[]::new);
    return frame -> {
      @Nullable Object[] record = new Object[codes.length];
      for (int i = 0; i < codes.length; i++) {
        record[i] = codes[i].value(frame);
      }
      return record;
    };
  }

  static Code map(Typed node, List<Code> entries) {
    Code[] codes = entries.toArray(Code[]::new);
    return frame -> {
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < codes.length; i += 2) {
        Object key = codes[i].value(frame);
        if (key == null) {
          throw new RowFailure(ProblemCode.D210, node, "a key of the map is null");
        }
        map.put((String) key, codes[i + 1].value(frame));
      }
      return map;
    };
  }
}
