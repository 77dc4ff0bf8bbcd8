package io.penstock.connectors.standard.xml;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.CellText;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a record as an element: fields that begin with {@code @} as its attributes, {@code #text}
 * as its own text, others as elements; a list is an element for each of its own; null is left out.
 */
final class FieldEncoder {
  private final List<Field> fields;
  private final Schema schema;
  private final Map<Schema, FieldEncoder> inner = new HashMap<>();
  private final ByteBuilder cell = new ByteBuilder(64);

  FieldEncoder(Schema schema) {
    this.schema = schema;
    this.fields = schema.fields();
  }

  void write(String name, Column[] columns, int row, ByteBuilder to) {
    XmlText.open(name, to);
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i).name();
      if (field.startsWith(Element.ATTRIBUTE) && !columns[i].isNull(row)) {
        to.append(' ');
        XmlText.name(field.substring(Element.ATTRIBUTE.length()), to);
        to.append("=\"");
        scalar(field, fields.get(i).type().type(), columns[i], row, true, to);
        to.append('"');
      }
    }
    if (schema.open()) {
      rest(name, columns, row, to);
      return;
    }
    int content = to.length();
    to.append('>');
    parts(columns, row, to);
    close(name, content, to);
  }

  /** Ends an element, which has nothing in it where nothing was added behind its start tag. */
  private static void close(String name, int content, ByteBuilder to) {
    if (to.length() == content + 1) {
      to.truncate(content);
      to.append("/>");
    } else {
      XmlText.close(name, to);
    }
  }

  private void parts(Column[] columns, int row, ByteBuilder to) {
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i).name();
      if (columns[i].isNull(row) || field.startsWith(Element.ATTRIBUTE)) {
        continue;
      }
      DataType type = fields.get(i).type().type();
      if (field.equals(Element.TEXT)) {
        scalar(field, type, columns[i], row, false, to);
      } else {
        part(field, type, columns[i], row, to);
      }
    }
  }

  private void part(String name, DataType type, Column column, int row, ByteBuilder to) {
    if (type instanceof DataType.ListOf list) {
      Column.Lists lists = (Column.Lists) column;
      for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
        element(name, list.element().type(), lists.elements(), i, to);
      }
    } else {
      element(name, type, column, row, to);
    }
  }

  private void element(String name, DataType type, Column column, int row, ByteBuilder to) {
    if (column.isNull(row)) {
      XmlText.nil(name, to);
    } else if (type instanceof DataType.ListOf) {
      throw new BadElement(
          ProblemCode.D301, "`" + name + "` is a list in a list, which XML does not have");
    } else if (type instanceof DataType.RecordOf record) {
      inner
          .computeIfAbsent(record.schema(), FieldEncoder::new)
          .write(name, ((Column.Records) column).fields(), row, to);
    } else if (type instanceof DataType.MapOf map) {
      map(name, map, (Column.Maps) column, row, to);
    } else if (type instanceof DataType.Simple simple
        && simple.kind() == DataType.Simple.Kind.JSON) {
      new JsonElement(json(column, row)).write(name, to);
    } else {
      XmlText.open(name, to);
      to.append('>');
      scalar(name, type, column, row, false, to);
      XmlText.close(name, to);
    }
  }

  private void map(String name, DataType.MapOf type, Column.Maps maps, int row, ByteBuilder to) {
    XmlText.open(name, to);
    int content = to.length();
    to.append('>');
    for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
      String key =
          new String(
              maps.keys().bytes(),
              maps.keys().from(i),
              maps.keys().to(i) - maps.keys().from(i),
              java.nio.charset.StandardCharsets.UTF_8);
      if (maps.values().isNull(i)) {
        XmlText.nil(key, to);
      } else {
        part(key, type.value().type(), maps.values(), i, to);
      }
    }
    close(name, content, to);
  }

  private void scalar(
      String name, DataType type, Column column, int row, boolean quoted, ByteBuilder to) {
    boolean hasParts =
        !(type instanceof DataType.Decimal)
            && (!(type instanceof DataType.Simple simple)
                || simple.kind() == DataType.Simple.Kind.JSON);
    if (hasParts) {
      throw new BadElement(
          ProblemCode.D301, "`" + name + "` is of type " + type + ", which is no text");
    }
    cell.truncate(0);
    if (!CellText.append(column, type, row, cell)) {
      throw new BadElement(ProblemCode.D301, "`" + name + "` is NaN or infinite, which is refused");
    }
    XmlText.text(cell.array(), 0, cell.length(), quoted, to);
  }

  private static Json json(Column column, int row) {
    Column.Bytes values = (Column.Bytes) column;
    return Json.ofBinary(values.bytes(), values.from(row), values.to(row));
  }

  /** The members that no field is, and the fields, in an element that has begun. */
  private void rest(String name, Column[] columns, int row, ByteBuilder to) {
    Column column = columns[schema.rest()];
    JsonElement rest =
        new JsonElement(column.isNull(row) ? Json.object(Map.of()) : json(column, row));
    rest.attributes(to);
    int content = to.length();
    to.append('>');
    parts(columns, row, to);
    rest.parts(to);
    close(name, content, to);
  }
}
