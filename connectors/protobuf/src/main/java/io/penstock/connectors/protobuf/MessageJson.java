package io.penstock.connectors.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.penstock.api.data.Times;
import io.penstock.json.JsonBuilder;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;

/**
 * Messages as json: fields by their names as they are declared, those that are missing left out,
 * whole numbers as numbers, bytes in base 64, numbers that are none (NaN) as null.
 */
final class MessageJson {
  private MessageJson() {}

  /** Appends a message as the value that it stands for. */
  static void append(Message message, JsonBuilder json, String path) {
    switch (WellKnown.of(message.getDescriptorForType())) {
      case TIMESTAMP -> json.addText(Times.timestamp(WellKnown.micros(message, path)));
      case DURATION -> json.addText(Times.duration(WellKnown.micros(message, path)));
      case WRAPPER -> {
        FieldDescriptor value = WellKnown.wrapped(message.getDescriptorForType());
        appendOne(value, message.getField(value), json, path);
      }
      case STRUCT -> struct(message, json, path);
      case VALUE -> value(message, json, path);
      case LIST -> list(message, json, path);
      case EMPTY, NONE -> fields(message, json, path);
    }
  }

  private static void fields(Message message, JsonBuilder json, String path) {
    int begun = json.beginObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (there(message, field)) {
        json.name(field.getName());
        append(message, field, json, path + "." + field.getName());
      }
    }
    json.end(begun);
  }

  /** Whether a field has a value, if only that of all that are not written. */
  static boolean there(Message message, FieldDescriptor field) {
    return !field.hasPresence() || field.hasDefaultValue() || message.hasField(field);
  }

  /** Appends the value of a field. */
  static void append(Message message, FieldDescriptor field, JsonBuilder json, String path) {
    appendValue(field, message.getField(field), json, path);
  }

  /** Appends a value that a field has: all of a repeated one. */
  static void appendValue(FieldDescriptor field, Object value, JsonBuilder json, String path) {
    if (field.isMapField()) {
      int begun = json.beginObject();
      FieldDescriptor inner = field.getMessageType().findFieldByNumber(2);
      Values.entries(field, value)
          .forEach(
              (key, one) -> {
                json.name(key);
                appendOne(inner, one, json, path);
              });
      json.end(begun);
    } else if (field.isRepeated()) {
      int begun = json.beginList();
      ((List<?>) value).forEach(element -> appendOne(field, element, json, path));
      json.end(begun);
    } else {
      appendOne(field, value, json, path);
    }
  }

  /** Appends one value; of a repeated field, one of its elements. */
  static void appendOne(FieldDescriptor field, Object value, JsonBuilder json, String path) {
    switch (field.getJavaType()) {
      case INT, LONG -> number(field, (Number) value, json);
      case FLOAT, DOUBLE -> {
        double number = Values.decimal((Number) value);
        if (Double.isFinite(number)) {
          json.addNumber(number);
        } else {
          json.addNull();
        }
      }
      case BOOLEAN -> json.add((Boolean) value);
      case STRING -> json.addText((String) value);
      case BYTE_STRING ->
          json.addText(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> json.addText(Values.symbol((EnumValueDescriptor) value));
      case MESSAGE -> append((Message) value, json, path);
    }
  }

  private static void number(FieldDescriptor field, Number value, JsonBuilder json) {
    if (Values.isUnsigned64(field)) {
      json.addNumber(new BigDecimal(Values.unsigned(value.longValue())));
    } else {
      json.addNumber(Values.whole(field, value));
    }
  }

  private static void struct(Message message, JsonBuilder json, String path) {
    FieldDescriptor members = message.getDescriptorForType().findFieldByNumber(1);
    append(message, members, json, path);
  }

  private static void list(Message message, JsonBuilder json, String path) {
    FieldDescriptor values = message.getDescriptorForType().findFieldByNumber(1);
    append(message, values, json, path);
  }

  private static void value(Message message, JsonBuilder json, String path) {
    FieldDescriptor kind =
        message.getOneofFieldDescriptor(message.getDescriptorForType().getOneofs().get(0));
    // A value without a kind is malformed by its own rules; null is all that can be said.
    if (kind == null || kind.getNumber() == 1) {
      json.addNull();
      return;
    }
    appendOne(kind, message.getField(kind), json, path);
  }
}
