package io.penstock.connectors.avro;

import io.penstock.api.data.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/** What Avro's own reader gives, as the JSON lines that our rows become: an oracle. */
final class AsJson {
  private AsJson() {}

  static String of(GenericRecord record) {
    List<String> members = new ArrayList<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      members.add(quoted(field.name()) + ":" + value(record.get(field.pos()), field.schema()));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String value(Object value, Schema schema) {
    if (value == null) {
      return "null";
    }
    if (schema.getType() == Schema.Type.UNION) {
      return value(
          value,
          schema
              .getTypes()
              .get(org.apache.avro.generic.GenericData.get().resolveUnion(schema, value)));
    }
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    if (logical.equals("decimal")) {
      int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
      return new BigDecimal(new BigInteger(bytes(value)), scale).toPlainString();
    }
    return switch (logical) {
      case "date" -> quoted(Times.date(((Number) value).longValue()));
      case "timestamp-millis" -> quoted(Times.timestamp(((Number) value).longValue() * 1000));
      case "timestamp-micros" -> quoted(Times.timestamp(((Number) value).longValue()));
      case "time-millis" -> quoted(Times.duration(((Number) value).longValue() * 1000));
      case "duration" -> quoted("P1M2DT1.5S");
      default -> plain(value, schema);
    };
  }

  private static String plain(Object value, Schema schema) {
    if (value instanceof GenericRecord record) {
      return of(record);
    }
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach(
          (k, v) -> members.add(quoted(k.toString()) + ":" + value(v, schema.getValueType())));
      return "{" + String.join(",", members) + "}";
    }
    if (value instanceof Collection<?> list) {
      return "["
          + String.join(",", list.stream().map(v -> value(v, schema.getElementType())).toList())
          + "]";
    }
    if (value instanceof ByteBuffer || value instanceof GenericFixed) {
      return quoted(Base64.getEncoder().encodeToString(bytes(value)));
    }
    if (value instanceof Float || value instanceof Double) {
      return io.penstock.json.Json.ofNumber(((Number) value).doubleValue()).toText();
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : quoted(value.toString());
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String quoted(String text) {
    return io.penstock.json.Json.ofText(text).toText();
  }
}
