package io.penstock.connectors.standard.log;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.json.NestedReader;
import io.penstock.connectors.standard.value.ScalarReader;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.JsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes the reader of each type. Readers are used by one thread. */
final class PartReaders {
  private final Format.Decoding decoding;
  private final boolean jsonInTexts;

  PartReaders(Format.Decoding decoding, boolean jsonInTexts) {
    this.decoding = decoding;
    this.jsonInTexts = jsonInTexts;
  }

  Format.Decoding decoding() {
    return decoding;
  }

  PartReader of(ValueType type, FieldPath path) {
    PartReader required = required(type, path);
    if (!type.optional() || keepsEmpty(type.type())) {
      return required;
    }
    return (part, column) -> {
      if (part instanceof Part.Text text && text.bare() && text.text().isEmpty()) {
        column.addNull();
        return;
      }
      required.read(part, column);
    };
  }

  /** Whether a bare empty text is a value even where null may be. */
  private static boolean keepsEmpty(DataType type) {
    return type.equals(DataType.JSON);
  }

  private PartReader required(ValueType type, FieldPath path) {
    DataType data = type.type();
    if (data.equals(DataType.JSON)) {
      return json();
    }
    if (data instanceof DataType.ListOf list) {
      return orJson(list(of(list.element(), path)), type, path, false);
    }
    if (data instanceof DataType.MapOf map) {
      return orJson(map(of(map.value(), path), type, path), type, path, true);
    }
    if (data instanceof DataType.RecordOf record) {
      FieldReader fields = FieldReader.of(record.schema(), path, this);
      PartReader reader =
          (part, column) -> {
            RecordsBuilder records = (RecordsBuilder) column;
            fields.read(group(part, type, path), records::field);
            records.end();
          };
      return orJson(reader, type, path, true);
    }
    return scalar(data, path);
  }

  private static PartReader json() {
    JsonBuilder json = new JsonBuilder();
    return (part, column) -> {
      part.appendTo(json.clear());
      ((BytesBuilder) column).add(json.bytes().array(), 0, json.bytes().length());
    };
  }

  private static PartReader list(PartReader element) {
    return (part, column) -> {
      ListsBuilder lists = (ListsBuilder) column;
      if (part instanceof Part.Many many) {
        many.parts().forEach(one -> element.read(one, lists.elements()));
      } else {
        element.read(part, lists.elements());
      }
      lists.end();
    };
  }

  private static PartReader map(PartReader value, ValueType type, FieldPath path) {
    return (part, column) -> {
      MapsBuilder maps = (MapsBuilder) column;
      for (Map.Entry<String, Part> entry : group(part, type, path).parts().entrySet()) {
        maps.keys().add(entry.getKey());
        value.read(entry.getValue(), maps.values());
      }
      maps.end();
    };
  }

  private static Part.Group group(Part part, ValueType type, FieldPath path) {
    if (part instanceof Part.Group group) {
      return group;
    }
    throw misfit(path, "must be of type " + type.asRequired(), part);
  }

  /** Reads texts as JSON where the format has them so, and other parts by this. */
  private PartReader orJson(PartReader parts, ValueType type, FieldPath path, boolean always) {
    if (!jsonInTexts) {
      return parts;
    }
    NestedReader json = new NestedReader(type, path, decoding);
    return (part, column) -> {
      if (!(part instanceof Part.Text text) || !always && !text.text().startsWith("[")) {
        parts.read(part, column);
        return;
      }
      byte[] utf8 = text.text().getBytes(StandardCharsets.UTF_8);
      if (!json.read(utf8, 0, utf8.length, column)) {
        throw misfit(path, json.expected(), part);
      }
    };
  }

  private PartReader scalar(DataType type, FieldPath path) {
    var pattern = decoding.types().pattern(path);
    ScalarReader reader = ScalarReader.of(type, pattern);
    boolean time = type.equals(DataType.TIMESTAMP) && pattern.isEmpty();
    return (part, column) -> {
      if (part instanceof Part.Time known && time) {
        ((LongsBuilder) column).add(known.reading().micros());
        return;
      }
      if (part instanceof Part.Many many) {
        throw new BadRecord(
            ProblemCode.D104,
            "`"
                + path
                + "` stands there "
                + many.parts().size()
                + " times, and is no list; declare it as `json` or a list");
      }
      if (part instanceof Part.Group) {
        throw misfit(path, reader.expected(), part);
      }
      byte[] utf8 = part.shown().getBytes(StandardCharsets.UTF_8);
      if (!reader.read(utf8, 0, utf8.length, column)) {
        throw misfit(path, reader.expected(), part);
      }
    };
  }

  private static BadRecord misfit(FieldPath path, String expected, Part part) {
    byte[] utf8 = part.shown().getBytes(StandardCharsets.UTF_8);
    return new BadRecord(
        ProblemCode.D104, "`" + path + "` " + expected + ", not " + Shown.of(utf8, 0, utf8.length));
  }
}
