package io.penstock.connectors.standard.log;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.json.NestedText;
import io.penstock.connectors.standard.value.CellText;
import io.penstock.json.ByteBuilder;
import io.penstock.json.Json;
import io.penstock.json.JsonBinary;
import io.penstock.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Writes pairs. Lists, maps and records are JSON in quotes. */
final class LogfmtRow implements RowText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Schema schema;
  private final boolean writesNulls;
  private final byte[][] names;
  private final NestedText[] nested;
  private final ByteBuilder value = new ByteBuilder(64);

  LogfmtRow(Schema schema, boolean writesNulls) {
    this.schema = schema;
    this.writesNulls = writesNulls;
    this.names = new byte[schema.fields().size()][];
    this.nested = new NestedText[names.length];
    for (int i = 0; i < names.length; i++) {
      Field field = schema.fields().get(i);
      names[i] = field.name().getBytes(StandardCharsets.UTF_8);
      nested[i] = new NestedText(field.type().type());
      if (!isKey(names[i], 0, names[i].length)) {
        throw new PipelineException(
            Problem.of(
                ProblemCode.R306,
                Origin.file("logfmt"),
                "a key of logfmt has no blank, `=` or quote in it, unlike `" + field.name() + "`",
                "rename the field above the sink"));
      }
    }
  }

  private static boolean isKey(byte[] utf8, int from, int to) {
    for (int i = from; i < to; i++) {
      if (utf8[i] >= 0 && utf8[i] <= ' ' || utf8[i] == '=' || utf8[i] == '"') {
        return false;
      }
    }
    return to > from;
  }

  @Override
  public void append(Batch rows, int row, ByteBuilder to) {
    int begun = to.length();
    for (int i = 0; i < names.length; i++) {
      Column column = rows.column(i);
      boolean none = column.isNull(row);
      if (none && !writesNulls) {
        continue;
      }
      key(names[i], 0, names[i].length, begun, to);
      if (!none) {
        field(column, i, row, to);
      }
    }
    if (schema.open()) {
      rest((Column.Bytes) rows.column(schema.rest()), row, begun, to);
    }
    if (to.length() == begun) {
      throw new BadRecord(ProblemCode.D301, "the row has no value, and so there is no line of it");
    }
  }

  private static void key(byte[] utf8, int from, int end, int begun, ByteBuilder to) {
    if (to.length() > begun) {
      to.append(' ');
    }
    to.append(utf8, from, end - from);
    to.append('=');
  }

  private void field(Column column, int field, int row, ByteBuilder to) {
    DataType type = schema.fields().get(field).type().type();
    if (type.equals(DataType.JSON)) {
      Column.Bytes values = (Column.Bytes) column;
      json(values.bytes(), values.from(row), to);
      return;
    }
    value.truncate(0);
    boolean scalar = type instanceof DataType.Simple || type instanceof DataType.Decimal;
    boolean held =
        scalar
            ? CellText.append(column, type, row, value)
            : nested[field].append(column, row, value);
    if (!held) {
      throw new BadRecord(
          ProblemCode.D301,
          "`" + schema.fields().get(field).name() + "` is NaN or infinite, which has no text");
    }
    text(value.array(), 0, value.length(), to);
  }

  private void rest(Column.Bytes rest, int row, int begun, ByteBuilder to) {
    byte[] bytes = rest.bytes();
    int object = rest.from(row);
    if (JsonBinary.kind(bytes, object) != Json.Kind.OBJECT) {
      throw new BadRecord(ProblemCode.D301, "a record that is no object has no keys");
    }
    int end = JsonBinary.end(bytes, object);
    int name = JsonBinary.firstName(bytes, object);
    while (name != JsonBinary.NONE) {
      int member = JsonBinary.valueOf(bytes, name);
      int from = JsonBinary.nameFrom(bytes, name);
      if (!isKey(bytes, from, member)) {
        throw new BadRecord(
            ProblemCode.D301,
            "a key of logfmt has no blank, `=` or quote in it, unlike `"
                + new String(bytes, from, member - from, StandardCharsets.UTF_8)
                + "`");
      }
      if (writesNulls || JsonBinary.kind(bytes, member) != Json.Kind.NULL) {
        key(bytes, from, member, begun, to);
        json(bytes, member, to);
      }
      name = JsonBinary.nextName(bytes, member, end);
    }
  }

  /** A json value: texts as they are, null as nothing. */
  private void json(byte[] bytes, int at, ByteBuilder to) {
    switch (JsonBinary.kind(bytes, at)) {
      case NULL -> {
        // Nothing stands behind the equals sign.
      }
      case TEXT -> text(bytes, JsonBinary.chunk(bytes, at), JsonBinary.end(bytes, at), to);
      case BOOLEAN, NUMBER, LIST, OBJECT -> {
        value.truncate(0);
        JsonText.append(bytes, at, value);
        text(value.array(), 0, value.length(), to);
      }
    }
  }

  private static void text(byte[] utf8, int from, int end, ByteBuilder to) {
    boolean quoted = from == end;
    for (int i = from; i < end && !quoted; i++) {
      byte b = utf8[i];
      quoted = b >= 0 && b <= ' ' || b == '"' || b == '=' || b == '\\' || b == 0x7f;
    }
    if (!quoted) {
      to.append(utf8, from, end - from);
      return;
    }
    to.append('"');
    for (int i = from; i < end; i++) {
      escape(utf8[i], to);
    }
    to.append('"');
  }

  private static void escape(byte b, ByteBuilder to) {
    switch (b) {
      case '"', '\\' -> {
        to.append('\\');
        to.append(b);
      }
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        if (b >= 0 && b < ' ' || b == 0x7f) {
          to.append("\\u00");
          to.append(HEX[b >> 4]);
          to.append(HEX[b & 0xf]);
        } else {
          to.append(b);
        }
      }
    }
  }
}
