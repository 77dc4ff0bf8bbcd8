package io.penstock.connectors.standard.json;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import io.penstock.json.JsonBinary;
import io.penstock.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Writes the columns of a schema as an object; the rest's members follow the fields. */
final class ObjectEncoder {
  private final Schema schema;
  private final boolean writeNulls;
  private final byte[][] names;
  private final Kind[] kinds;
  private final ValueEncoder[] encoders;
  private int refused;

  /** The types that are written most, in a switch: a call through an interface would cost more. */
  private enum Kind {
    INT,
    TEXT,
    TIMESTAMP,
    OTHER;

    static Kind of(DataType type) {
      if (type.equals(DataType.INT)) {
        return INT;
      }
      if (type.equals(DataType.STRING)) {
        return TEXT;
      }
      return type.equals(DataType.TIMESTAMP) ? TIMESTAMP : OTHER;
    }
  }

  ObjectEncoder(Schema schema, JsonConfig.Nulls nulls) {
    this.schema = schema;
    this.writeNulls = nulls == JsonConfig.Nulls.WRITE;
    int count = schema.fields().size();
    names = new byte[count][];
    kinds = new Kind[count];
    encoders = new ValueEncoder[count];
    for (int i = 0; i < count; i++) {
      names[i] = quoted(schema.fields().get(i).name());
      kinds[i] = Kind.of(schema.fields().get(i).type().type());
      encoders[i] = ValueEncoders.of(schema.fields().get(i).type().type(), nulls);
    }
  }

  private static byte[] quoted(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteBuilder text = new ByteBuilder(utf8.length + 4);
    text.append(',');
    JsonText.appendText(utf8, 0, utf8.length, text);
    text.append(':');
    return text.toArray();
  }

  /** Appends a row as an object; false where a value has no form in JSON. */
  boolean write(Column[] columns, int row, ByteBuilder to) {
    if (schema.open() && names.length == 0) {
      Column.Bytes rest = (Column.Bytes) columns[0];
      JsonText.append(rest.bytes(), rest.from(row), to);
      return true;
    }
    to.append('{');
    boolean first = true;
    for (int i = 0; i < names.length; i++) {
      Column column = columns[i];
      boolean none = column.isNull(row);
      if (none && !writeNulls) {
        continue;
      }
      byte[] name = names[i];
      int comma = first ? 1 : 0;
      first = false;
      to.append(name, comma, name.length - comma);
      if (none) {
        to.append(ValueEncoders.NULL);
      } else if (!value(i, column, row, to)) {
        refused = i;
        return false;
      }
    }
    if (schema.open()) {
      writeRest((Column.Bytes) columns[schema.rest()], row, to, first);
    }
    to.append('}');
    return true;
  }

  private boolean value(int field, Column column, int row, ByteBuilder to) {
    switch (kinds[field]) {
      case INT -> to.appendNumber(((Column.Longs) column).values()[row]);
      case TEXT -> {
        Column.Bytes texts = (Column.Bytes) column;
        JsonText.appendText(texts.bytes(), texts.from(row), texts.to(row), to);
      }
      case TIMESTAMP -> {
        byte[] into = to.room(Times.MAX_LENGTH + 2);
        int at = to.length();
        into[at] = '"';
        int end = Times.writeTimestamp(((Column.Longs) column).values()[row], into, at + 1);
        into[end] = '"';
        to.advance(end + 1 - at);
      }
      case OTHER -> {
        return encoders[field].write(column, row, to);
      }
    }
    return true;
  }

  private static void writeRest(Column.Bytes rest, int row, ByteBuilder to, boolean first) {
    int at = rest.from(row);
    if (JsonBinary.kind(rest.bytes(), at) == Json.Kind.OBJECT) {
      JsonText.appendMembers(rest.bytes(), at, to, first);
    }
  }

  /** The name of the field whose value was refused last. */
  String refused() {
    return schema.fields().get(refused).name();
  }
}
