package io.penstock.connectors.standard.json;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.connectors.standard.value.CellText;
import io.penstock.json.ByteBuilder;
import io.penstock.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Makes the encoder of each type. */
final class ValueEncoders {
  static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private ValueEncoders() {}

  static ValueEncoder of(DataType type, JsonConfig.Nulls nulls) {
    if (type instanceof DataType.ListOf list) {
      return list(of(list.element().type(), nulls));
    }
    if (type instanceof DataType.MapOf map) {
      return map(of(map.value().type(), nulls));
    }
    if (type instanceof DataType.RecordOf record) {
      ObjectEncoder fields = new ObjectEncoder(record.schema(), nulls);
      return (column, row, to) -> fields.write(((Column.Records) column).fields(), row, to);
    }
    if (type instanceof DataType.Decimal) {
      return (column, row, to) -> CellText.append(column, type, row, to);
    }
    return switch (((DataType.Simple) type).kind()) {
      case BOOLEAN, INT, DOUBLE -> (column, row, to) -> CellText.append(column, type, row, to);
      case STRING ->
          (column, row, to) -> {
            Column.Bytes texts = (Column.Bytes) column;
            JsonText.appendText(texts.bytes(), texts.from(row), texts.to(row), to);
            return true;
          };
      case JSON ->
          (column, row, to) -> {
            Column.Bytes values = (Column.Bytes) column;
            JsonText.append(values.bytes(), values.from(row), to);
            return true;
          };
      case BYTES, TIMESTAMP, DATE, DURATION ->
          (column, row, to) -> {
            to.append('"');
            CellText.append(column, type, row, to);
            to.append('"');
            return true;
          };
    };
  }

  private static ValueEncoder list(ValueEncoder element) {
    return (column, row, to) -> {
      Column.Lists lists = (Column.Lists) column;
      to.append('[');
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        if (i > lists.offsets()[row]) {
          to.append(',');
        }
        if (!value(lists.elements(), i, element, to)) {
          return false;
        }
      }
      to.append(']');
      return true;
    };
  }

  private static ValueEncoder map(ValueEncoder value) {
    return (column, row, to) -> {
      Column.Maps maps = (Column.Maps) column;
      Column.Bytes keys = maps.keys();
      to.append('{');
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        if (i > maps.offsets()[row]) {
          to.append(',');
        }
        JsonText.appendText(keys.bytes(), keys.from(i), keys.to(i), to);
        to.append(':');
        if (!value(maps.values(), i, value, to)) {
          return false;
        }
      }
      to.append('}');
      return true;
    };
  }

  private static boolean value(Column column, int row, ValueEncoder encoder, ByteBuilder to) {
    if (column.isNull(row)) {
      to.append(NULL);
      return true;
    }
    return encoder.write(column, row, to);
  }
}
