package io.penstock.connectors.avro;

import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads values as json: numbers exact, bytes as base64, times as text, a union as what it holds.
 */
final class JsonPart {
  private JsonPart() {}

  /** Appends one value. */
  static void read(Schema schema, Cursor in, JsonBuilder to, String path) {
    switch (schema.getType()) {
      case NULL -> to.addNull();
      case BOOLEAN -> to.add(in.readBoolean());
      case INT, LONG -> whole(schema, in, to, path);
      case FLOAT -> fraction(in.readFloat(), in, to, path);
      case DOUBLE -> fraction(in.readDouble(), in, to, path);
      case STRING -> text(schema, in, to, path);
      case BYTES, FIXED -> bytes(schema, in, to);
      case ENUM -> {
        int symbol = in.readIndex(schema.getEnumSymbols().size(), "the symbol");
        to.addText(schema.getEnumSymbols().get(symbol));
      }
      case UNION -> {
        int branch = in.readIndex(schema.getTypes().size(), "the branch");
        read(schema.getTypes().get(branch), in, to, path);
      }
      case ARRAY -> array(schema, in, to, path);
      case MAP -> map(schema, in, to, path);
      case RECORD -> record(schema, in, to, path);
    }
  }

  private static void whole(Schema schema, Cursor in, JsonBuilder to, String path) {
    long value = Values.whole(schema, in);
    Logical logical = Logical.of(schema);
    switch (logical) {
      case DATE -> to.addText(Times.date(value));
      case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
          to.addText(Times.timestamp(Values.micros(logical, value, in, path)));
      case TIME_MILLIS, TIME_MICROS ->
          to.addText(Times.duration(Values.micros(logical, value, in, path)));
      case NONE, UUID, DURATION -> to.addNumber(value);
    }
  }

  private static void fraction(double value, Cursor in, JsonBuilder to, String path) {
    if (!Double.isFinite(value)) {
      in.misfit(
          ProblemCode.D104,
          "`" + path + "` is " + value + ", which json does not have; declare it as double");
    }
    to.addNumber(value);
  }

  private static void text(Schema schema, Cursor in, JsonBuilder to, String path) {
    int from = Values.bytes(schema, in);
    if (Values.isText(in, from, path)) {
      to.addText(in.bytes(), from, in.at() - from);
    } else {
      to.addNull();
    }
  }

  private static void bytes(Schema schema, Cursor in, JsonBuilder to) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
      to.addNumber(Values.decimal(schema, in));
      return;
    }
    Logical logical = Logical.of(schema);
    if (logical == Logical.UUID || logical == Logical.DURATION) {
      to.addText(new String(Values.text(logical, schema, in), StandardCharsets.US_ASCII));
      return;
    }
    int from = Values.bytes(schema, in);
    byte[] taken = Arrays.copyOfRange(in.bytes(), from, in.at());
    to.addText(Base64.getEncoder().encodeToString(taken));
  }

  private static void array(Schema schema, Cursor in, JsonBuilder to, String path) {
    int begun = to.beginList();
    for (long left = in.readCount(); left != 0; left = in.readCount()) {
      for (long i = 0; i < left; i++) {
        read(schema.getElementType(), in, to, path);
      }
    }
    to.end(begun);
  }

  private static void map(Schema schema, Cursor in, JsonBuilder to, String path) {
    int begun = to.beginObject();
    Set<ByteBuffer> keys = new HashSet<>();
    for (long left = in.readCount(); left != 0; left = in.readCount()) {
      for (long i = 0; i < left; i++) {
        int from = in.take(in.readLength());
        MapReader.key(in, from, keys, path);
        to.name(in.bytes(), from, in.at() - from);
        read(schema.getValueType(), in, to, path);
      }
    }
    to.end(begun);
  }

  private static void record(Schema schema, Cursor in, JsonBuilder to, String path) {
    in.enter();
    int begun = to.beginObject();
    for (Schema.Field field : schema.getFields()) {
      to.name(field.name());
      read(field.schema(), in, to, path.isEmpty() ? field.name() : path + "." + field.name());
    }
    to.end(begun);
    in.leave();
  }
}
