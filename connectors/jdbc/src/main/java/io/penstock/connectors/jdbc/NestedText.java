package io.penstock.connectors.jdbc;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.json.ByteBuilder;
import io.penstock.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Writes lists, maps and records as JSON text. */
interface NestedText {
  /** Writes a value that is not null. */
  void append(Column column, int row, ByteBuilder to);

  /** How values of a type are written inside JSON. */
  static NestedText of(DataType type) {
    if (type instanceof DataType.ListOf list) {
      NestedText element = of(list.element().type());
      return (column, row, to) -> list((Column.Lists) column, row, element, to);
    }
    if (type instanceof DataType.MapOf map) {
      NestedText value = of(map.value().type());
      return (column, row, to) -> map((Column.Maps) column, row, value, to);
    }
    if (type instanceof DataType.RecordOf record) {
      return record(record.schema());
    }
    if (type.equals(DataType.STRING)) {
      return (column, row, to) -> {
        Column.Bytes texts = (Column.Bytes) column;
        JsonText.appendText(texts.bytes(), texts.from(row), texts.to(row), to);
      };
    }
    return plain(type);
  }

  private static NestedText plain(DataType type) {
    if (type.equals(DataType.BOOLEAN)) {
      return (column, row, to) ->
          to.append(((Column.Booleans) column).values()[row] ? "true" : "false");
    }
    CellText.Writing writing = CellText.of(type);
    boolean bare =
        type instanceof DataType.Decimal
            || type.equals(DataType.INT)
            || type.equals(DataType.DOUBLE)
            || type.equals(DataType.JSON);
    return (column, row, to) -> {
      if (bare) {
        writing.append(column, row, to);
        return;
      }
      ByteBuilder text = new ByteBuilder(64);
      writing.append(column, row, text);
      JsonText.appendText(text.array(), 0, text.length(), to);
    };
  }

  private static NestedText record(Schema schema) {
    List<NestedText> fields = new ArrayList<>();
    List<byte[]> names = new ArrayList<>();
    for (Field field : schema.fields()) {
      ByteBuilder name = new ByteBuilder(32);
      byte[] utf8 = field.name().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      JsonText.appendText(utf8, 0, utf8.length, name);
      name.append(':');
      names.add(name.toArray());
      fields.add(of(field.type().type()));
    }
    return (column, row, to) -> {
      Column.Records records = (Column.Records) column;
      to.append('{');
      for (int i = 0; i < fields.size(); i++) {
        if (i > 0) {
          to.append(',');
        }
        to.append(names.get(i));
        value(records.fields()[i], row, fields.get(i), to);
      }
      to.append('}');
    };
  }

  private static void list(Column.Lists lists, int row, NestedText element, ByteBuilder to) {
    to.append('[');
    for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
      if (i > lists.offsets()[row]) {
        to.append(',');
      }
      value(lists.elements(), i, element, to);
    }
    to.append(']');
  }

  private static void map(Column.Maps maps, int row, NestedText value, ByteBuilder to) {
    Column.Bytes keys = maps.keys();
    to.append('{');
    for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
      if (i > maps.offsets()[row]) {
        to.append(',');
      }
      JsonText.appendText(keys.bytes(), keys.from(i), keys.to(i), to);
      to.append(':');
      value(maps.values(), i, value, to);
    }
    to.append('}');
  }

  private static void value(Column column, int row, NestedText text, ByteBuilder to) {
    if (column.isNull(row)) {
      to.append("null");
    } else {
      text.append(column, row, to);
    }
  }
}
