package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.util.Map;

/** Json values as the messages that stand for them: Struct, Value, ListValue. */
final class JsonMessage {
  private static final int NULL = 1;
  private static final int NUMBER = 2;
  private static final int TEXT = 3;
  private static final int BOOLEAN = 4;
  private static final int STRUCT = 5;
  private static final int LIST = 6;

  private JsonMessage() {}

  /** The message of a value; throws {@link BadMessage} where it holds no such value. */
  static Message of(Descriptor type, Json json, String path) {
    return switch (WellKnown.of(type)) {
      case VALUE -> value(type, json, path);
      case STRUCT -> struct(type, json, path);
      case LIST -> list(type, json, path);
      case TIMESTAMP, DURATION, WRAPPER, EMPTY, NONE -> empty(type, json, path);
    };
  }

  private static BadMessage refused(String path, String wanted, Json json) {
    return new BadMessage(
        ProblemCode.D301,
        "`" + path + "` must be " + wanted + ", not " + BadMessage.shown(json.toText()));
  }

  private static Message empty(Descriptor type, Json json, String path) {
    if (json.kind() != Json.Kind.OBJECT || json.size() > 0) {
      throw refused(path, "an object without members", json);
    }
    return DynamicMessage.getDefaultInstance(type);
  }

  private static Message value(Descriptor type, Json json, String path) {
    DynamicMessage.Builder value = DynamicMessage.newBuilder(type);
    switch (json.kind()) {
      case NULL -> {
        FieldDescriptor none = type.findFieldByNumber(NULL);
        value.setField(none, none.getEnumType().findValueByNumber(0));
      }
      case BOOLEAN ->
          value.setField(type.findFieldByNumber(BOOLEAN), json.asBoolean().orElseThrow());
      case NUMBER -> value.setField(type.findFieldByNumber(NUMBER), json.asDouble().orElseThrow());
      case TEXT -> value.setField(type.findFieldByNumber(TEXT), json.asText().orElseThrow());
      case OBJECT -> {
        FieldDescriptor field = type.findFieldByNumber(STRUCT);
        value.setField(field, struct(field.getMessageType(), json, path));
      }
      case LIST -> {
        FieldDescriptor field = type.findFieldByNumber(LIST);
        value.setField(field, list(field.getMessageType(), json, path));
      }
    }
    return value.build();
  }

  private static Message struct(Descriptor type, Json json, String path) {
    if (json.kind() != Json.Kind.OBJECT) {
      throw refused(path, "an object", json);
    }
    FieldDescriptor members = type.findFieldByNumber(1);
    Descriptor entry = members.getMessageType();
    DynamicMessage.Builder struct = DynamicMessage.newBuilder(type);
    for (Map.Entry<String, Json> member : json.members().entrySet()) {
      FieldDescriptor value = entry.findFieldByNumber(2);
      struct.addRepeatedField(
          members,
          DynamicMessage.newBuilder(entry)
              .setField(entry.findFieldByNumber(1), member.getKey())
              .setField(value, value(value.getMessageType(), member.getValue(), path))
              .build());
    }
    return struct.build();
  }

  private static Message list(Descriptor type, Json json, String path) {
    if (json.kind() != Json.Kind.LIST) {
      throw refused(path, "a list", json);
    }
    FieldDescriptor values = type.findFieldByNumber(1);
    DynamicMessage.Builder list = DynamicMessage.newBuilder(type);
    for (Json element : json.elements()) {
      list.addRepeatedField(values, value(values.getMessageType(), element, path));
    }
    return list.build();
  }
}
