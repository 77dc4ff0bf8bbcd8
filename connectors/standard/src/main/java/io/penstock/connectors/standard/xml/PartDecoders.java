package io.penstock.connectors.standard.xml;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ScalarReader;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.JsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes the decoder of each type. */
final class PartDecoders {
  private PartDecoders() {}

  static PartDecoder of(ValueType type, FieldPath path, Format.Decoding decoding) {
    if (type.type() instanceof DataType.ListOf list) {
      PartDecoder elements = one(list.element(), path, decoding);
      // An empty list and none at all look the same.
      return (found, column) -> {
        if (found.isEmpty() && type.optional()) {
          column.addNull();
          return;
        }
        ListsBuilder lists = (ListsBuilder) column;
        found.forEach(element -> elements.decode(List.of(element), lists.elements()));
        lists.end();
      };
    }
    return one(type, path, decoding);
  }

  /** For a value that is no list, or an element of one. */
  private static PartDecoder one(ValueType type, FieldPath path, Format.Decoding decoding) {
    PartDecoder required = required(type.type(), path, decoding);
    boolean keepsEmpty = isText(type.type());
    return (found, column) -> {
      if (found.isEmpty()) {
        if (!type.optional()) {
          throw new BadElement(ProblemCode.D103, "`" + path + "` is missing");
        }
        column.addNull();
        return;
      }
      if (found.size() > 1 && !isJson(type.type())) {
        throw new BadElement(
            ProblemCode.D104,
            "`" + path + "` stands there " + found.size() + " times, and is no list");
      }
      Element element = found.get(0);
      boolean empty =
          element.children().isEmpty()
              && element.attributes().isEmpty()
              && element.text().isBlank();
      if (found.size() == 1 && (element.isNil() || type.optional() && empty && !keepsEmpty)) {
        if (!type.optional()) {
          throw new BadElement(
              ProblemCode.D104, "`" + path + "` must be a value of type " + type + ", not null");
        }
        column.addNull();
        return;
      }
      required.decode(found, column);
    };
  }

  private static boolean isText(DataType type) {
    return type instanceof DataType.Simple simple
        && (simple.kind() == DataType.Simple.Kind.STRING
            || simple.kind() == DataType.Simple.Kind.BYTES
            || simple.kind() == DataType.Simple.Kind.JSON);
  }

  private static boolean isJson(DataType type) {
    return type instanceof DataType.Simple simple && simple.kind() == DataType.Simple.Kind.JSON;
  }

  private static PartDecoder required(DataType type, FieldPath path, Format.Decoding decoding) {
    if (type instanceof DataType.ListOf) {
      return (found, column) -> {
        throw new BadElement(
            ProblemCode.D104, "`" + path + "` is a list in a list, which XML does not have");
      };
    }
    if (type instanceof DataType.MapOf map) {
      return map(of(map.value(), path, decoding));
    }
    if (type instanceof DataType.RecordOf record) {
      FieldDecoder fields = FieldDecoder.of(record.schema(), path, decoding);
      return (found, column) -> {
        fields.decode(found.get(0), ((RecordsBuilder) column)::field);
        ((RecordsBuilder) column).end();
      };
    }
    return isJson(type) ? json() : scalar(type, path, decoding);
  }

  private static PartDecoder scalar(DataType type, FieldPath path, Format.Decoding decoding) {
    ScalarReader reader = ScalarReader.of(type, decoding.types().pattern(path));
    boolean strips = !isText(type);
    return (found, column) -> {
      Element element = found.get(0);
      if (!element.children().isEmpty()) {
        throw new BadElement(
            ProblemCode.D104,
            "`"
                + path
                + "` "
                + reader.expected()
                + ", not an element with `"
                + element.children().get(0).name()
                + "` in it");
      }
      String text = strips ? element.text().strip() : element.text();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (!reader.read(bytes, 0, bytes.length, column)) {
        throw new BadElement(
            ProblemCode.D104,
            "`" + path + "` " + reader.expected() + ", not " + Shown.of(bytes, 0, bytes.length));
      }
    };
  }

  private static PartDecoder json() {
    JsonBuilder builder = new JsonBuilder();
    return (found, column) -> {
      builder.clear();
      if (found.size() == 1) {
        found.get(0).appendTo(builder);
      } else {
        int begun = builder.beginList();
        found.forEach(element -> element.appendTo(builder));
        builder.end(begun);
      }
      ((BytesBuilder) column).add(builder.bytes().array(), 0, builder.bytes().length());
    };
  }

  private static PartDecoder map(PartDecoder value) {
    return (found, column) -> {
      MapsBuilder maps = (MapsBuilder) column;
      for (Map.Entry<String, List<Element>> part : found.get(0).parts().entrySet()) {
        byte[] key = part.getKey().getBytes(StandardCharsets.UTF_8);
        maps.keys().add(key, 0, key.length);
        value.decode(part.getValue(), maps.values());
      }
      maps.end();
    };
  }
}
