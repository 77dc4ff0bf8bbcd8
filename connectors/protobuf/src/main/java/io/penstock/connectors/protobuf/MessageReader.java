package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Takes the fields of a schema from messages of one type, by their names. Single-threaded. */
final class MessageReader {
  private final Format.Decoding decoding;
  private final Descriptor message;
  private final Schema schema;
  private final Optional<FieldPath> within;
  private final boolean fails;
  private final List<Part> parts = new ArrayList<>();
  private final List<FieldDescriptor> others = new ArrayList<>();
  private final JsonBuilder rest = new JsonBuilder();

  /**
   * A field of the schema.
   *
   * @param field that of the message; empty where it has none
   */
  private record Part(
      Optional<FieldDescriptor> field, ValueType type, String path, ValueReader reader) {}

  private MessageReader(
      Format.Decoding decoding, Descriptor message, Schema schema, Optional<FieldPath> within) {
    this.decoding = decoding;
    this.message = message;
    this.schema = schema;
    this.within = within;
    this.fails = decoding.unknownFields() == Format.UnknownFields.FAIL;
    for (Field field : schema.fields()) {
      FieldPath path = child(field.name());
      Optional<FieldDescriptor> there = Optional.ofNullable(message.findFieldByName(field.name()));
      if (there.isEmpty() && !field.type().optional()) {
        throw new BadMessage(
            ProblemCode.D103,
            "`" + path + "` is missing: the message `" + message.getFullName() + "` has none");
      }
      ValueReader reader =
          there.map(f -> reader(f, field.type(), path)).orElse((value, to) -> to.addNull());
      parts.add(new Part(there, field.type(), path.toString(), reader));
    }
    for (FieldDescriptor field : message.getFields()) {
      if (schema.indexOf(field.getName()) < 0) {
        others.add(field);
      }
    }
  }

  /** For rows; throws {@link BadMessage} where the message lacks a field that must be there. */
  static MessageReader of(Descriptor message, Format.Decoding decoding) {
    return new MessageReader(decoding, message, decoding.schema(), Optional.empty());
  }

  private FieldPath child(String name) {
    List<String> names = new ArrayList<>(within.map(FieldPath::names).orElse(List.of()));
    names.add(name);
    return new FieldPath(names);
  }

  /** Each column gets one value. */
  void read(Message from, IntFunction<ColumnBuilder> columns) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.field().isPresent() && MessageJson.there(from, part.field().get())) {
        part.reader().read(from.getField(part.field().get()), columns.apply(i));
      } else if (part.type().optional()) {
        columns.apply(i).addNull();
      } else {
        throw new BadMessage(ProblemCode.D103, "`" + part.path() + "` is missing");
      }
    }
    if (fails) {
      refuseOthers(from);
    }
    if (schema.open()) {
      keepOthers(from, (BytesBuilder) columns.apply(schema.rest()));
    }
  }

  private void refuseOthers(Message from) {
    for (FieldDescriptor field : others) {
      boolean there =
          field.isRepeated() ? from.getRepeatedFieldCount(field) > 0 : from.hasField(field);
      if (there) {
        throw new BadMessage(
            ProblemCode.D105, "`" + child(field.getName()) + "` is not in the schema");
      }
    }
    if (!from.getUnknownFields().asMap().isEmpty()) {
      Integer number = from.getUnknownFields().asMap().keySet().iterator().next();
      throw new BadMessage(
          ProblemCode.D105,
          "the message `"
              + message.getFullName()
              + "` has a field of the number "
              + number
              + ", which its schema does not know");
    }
  }

  private void keepOthers(Message from, BytesBuilder to) {
    int begun = rest.clear().beginObject();
    for (FieldDescriptor field : others) {
      if (MessageJson.there(from, field)) {
        rest.name(field.getName());
        MessageJson.append(from, field, rest, child(field.getName()).toString());
      }
    }
    rest.end(begun);
    to.add(rest.bytes().array(), 0, rest.bytes().length());
  }

  private ValueReader reader(FieldDescriptor field, ValueType type, FieldPath path) {
    if (type.type().equals(DataType.JSON)) {
      return json(field, path.toString());
    }
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      return type.type() instanceof DataType.MapOf map
          ? map(field, single(value, map.value(), path))
          : misfit(field, type, path);
    }
    if (field.isRepeated()) {
      return type.type() instanceof DataType.ListOf list
          ? list(single(field, list.element(), path))
          : misfit(field, type, path);
    }
    return single(field, type, path);
  }

  private static ValueReader json(FieldDescriptor field, String path) {
    JsonBuilder json = new JsonBuilder();
    return (value, to) -> {
      MessageJson.appendValue(field, value, json.clear(), path);
      ((BytesBuilder) to).add(json.bytes().array(), 0, json.bytes().length());
    };
  }

  private static ValueReader list(ValueReader element) {
    return (value, to) -> {
      ListsBuilder lists = (ListsBuilder) to;
      for (Object one : (List<?>) value) {
        element.read(one, lists.elements());
      }
      lists.end();
    };
  }

  private static ValueReader map(FieldDescriptor field, ValueReader reader) {
    return (value, to) -> {
      MapsBuilder maps = (MapsBuilder) to;
      Values.entries(field, value)
          .forEach(
              (key, one) -> {
                maps.keys().add(key);
                reader.read(one, maps.values());
              });
      maps.end();
    };
  }

  /** For one value, which is not missing. */
  private ValueReader single(FieldDescriptor field, ValueType type, FieldPath path) {
    if (type.type().equals(DataType.JSON)) {
      JsonBuilder json = new JsonBuilder();
      return (value, to) -> {
        MessageJson.appendOne(field, value, json.clear(), path.toString());
        ((BytesBuilder) to).add(json.bytes().array(), 0, json.bytes().length());
      };
    }
    if (WellKnown.of(field) == WellKnown.WRAPPER) {
      FieldDescriptor wrapped = WellKnown.wrapped(field.getMessageType());
      ValueReader inside = single(wrapped, type, path);
      return (value, to) -> inside.read(((Message) value).getField(wrapped), to);
    }
    if (WellKnown.of(field) == WellKnown.NONE
        && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && type.type() instanceof DataType.RecordOf record) {
      MessageReader fields =
          new MessageReader(decoding, field.getMessageType(), record.schema(), Optional.of(path));
      return (value, to) -> {
        fields.read((Message) value, ((RecordsBuilder) to)::field);
        ((RecordsBuilder) to).end();
      };
    }
    return new ScalarReaders(decoding.types().pattern(path), path.toString())
        .of(field, type.type())
        .orElseGet(() -> misfit(field, type, path));
  }

  private static ValueReader misfit(FieldDescriptor field, ValueType type, FieldPath path) {
    String kind =
        field.isMapField()
            ? "map"
            : (field.isRepeated() ? "repeated " : "")
                + field.getType().name().toLowerCase(java.util.Locale.ROOT);
    return (value, to) -> {
      throw new BadMessage(
          ProblemCode.D104,
          "`" + path + "` must be a value of type " + type.type() + ", not Protobuf's " + kind);
    };
  }
}
