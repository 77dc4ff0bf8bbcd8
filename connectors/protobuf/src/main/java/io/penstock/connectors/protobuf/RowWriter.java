package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Makes messages of one type from columns: a field of each column, by its name. */
final class RowWriter {
  private final Descriptor type;
  private final String path;
  private final List<Part> parts = new ArrayList<>();

  /** A column and the field that it becomes. */
  private record Part(int column, FieldDescriptor field, ValueWriter writer) {}

  private RowWriter(Descriptor type, Schema rows, String path) {
    this.type = type;
    this.path = path;
    for (int i = 0; i < rows.fields().size(); i++) {
      Field column = rows.fields().get(i);
      FieldDescriptor field = type.findFieldByName(column.name());
      if (field == null) {
        throw Unfit.because(
            "`" + type.getFullName() + "` has no field `" + inside(column.name()) + "`");
      }
      parts.add(new Part(i, field, writer(field, column.type(), inside(column.name()))));
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRequired() && rows.indexOf(field.getName()) < 0) {
        throw Unfit.because(
            "they have no `" + inside(field.getName()) + "`, which the message wants");
      }
    }
  }

  /** For rows, which must be closed. */
  static RowWriter of(Descriptor type, Schema rows) {
    if (rows.open()) {
      throw Unfit.because(
          "their fields are not known",
          "put a `select` of the fields above the sink, or give the source a `schema`");
    }
    return new RowWriter(type, rows, "");
  }

  private String inside(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The message of a row. */
  Message message(Column[] columns, int row) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (Part part : parts) {
      Column column = columns[part.column()];
      if (column.isNull(row)) {
        missing(part.field());
        continue;
      }
      OneofDescriptor choice = part.field().getContainingOneof();
      if (choice != null && message.hasOneof(choice)) {
        throw new BadMessage(
            ProblemCode.D301,
            "of `"
                + inside(choice.getName())
                + "` only one field may be there, and these are: `"
                + message.getOneofFieldDescriptor(choice).getName()
                + "`, `"
                + part.field().getName()
                + "`");
      }
      message.setField(part.field(), part.writer().value(column, row));
    }
    return message.buildPartial();
  }

  private void missing(FieldDescriptor field) {
    // Lists and maps are empty where nothing is written, and so is what cannot be missing.
    boolean lost = !field.isRepeated() && !field.hasPresence() || field.isRequired();
    if (lost) {
      throw new BadMessage(
          ProblemCode.D301,
          "`"
              + inside(field.getName())
              + "` is null, and the message has no null there; declare it `optional`, or set a value");
    }
  }

  private static ValueWriter writer(FieldDescriptor field, ValueType type, String path) {
    if (field.isMapField()) {
      if (type.type() instanceof DataType.MapOf map) {
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        return map(field, ScalarWriters.of(value, map.value().type(), path, RowWriter::record));
      }
      throw unfit(field, type.type(), path);
    }
    if (field.isRepeated()) {
      if (type.type() instanceof DataType.ListOf list) {
        return list(path, ScalarWriters.of(field, list.element().type(), path, RowWriter::record));
      }
      throw unfit(field, type.type(), path);
    }
    return ScalarWriters.of(field, type.type(), path, RowWriter::record);
  }

  private static ValueWriter record(Descriptor type, Schema schema, String path) {
    RowWriter writer = new RowWriter(type, schema, path);
    return (column, row) -> writer.message(((Column.Records) column).fields(), row);
  }

  private static ValueWriter list(String path, ValueWriter element) {
    return (column, row) -> {
      Column.Lists lists = (Column.Lists) column;
      List<Object> values = new ArrayList<>();
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        values.add(single(lists.elements(), i, element, path));
      }
      return values;
    };
  }

  private static Object single(Column column, int row, ValueWriter writer, String path) {
    if (column.isNull(row)) {
      throw new BadMessage(
          ProblemCode.D301, "`" + path + "` has a null in it, which Protobuf cannot hold");
    }
    return writer.value(column, row);
  }

  private static ValueWriter map(FieldDescriptor field, ValueWriter value) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor inner = field.getMessageType().findFieldByNumber(2);
    return (column, row) -> {
      Column.Maps maps = (Column.Maps) column;
      List<Object> entries = new ArrayList<>();
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        entries.add(
            DynamicMessage.newBuilder(field.getMessageType())
                .setField(key, ScalarWriters.key(key, maps.keys().text(i), field.getName()))
                .setField(inner, single(maps.values(), i, value, field.getName()))
                .build());
      }
      return entries;
    };
  }

  static io.penstock.api.problem.PipelineException unfit(
      FieldDescriptor field, DataType type, String path) {
    String kind =
        field.isMapField() ? "map" : field.getType().name().toLowerCase(java.util.Locale.ROOT);
    return Unfit.because(
        "`"
            + path
            + "` is "
            + type
            + ", and the message has "
            + (field.isRepeated() && !field.isMapField() ? "repeated " : "")
            + kind
            + " there");
  }
}
