package io.penstock.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.TextFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads messages of a `.proto` source. */
final class ProtoMessages {
  private static final int DEEPEST = 100;
  private static final Map<String, Type> SCALARS =
      Map.ofEntries(
          Map.entry("double", Type.TYPE_DOUBLE),
          Map.entry("float", Type.TYPE_FLOAT),
          Map.entry("int64", Type.TYPE_INT64),
          Map.entry("uint64", Type.TYPE_UINT64),
          Map.entry("int32", Type.TYPE_INT32),
          Map.entry("fixed64", Type.TYPE_FIXED64),
          Map.entry("fixed32", Type.TYPE_FIXED32),
          Map.entry("bool", Type.TYPE_BOOL),
          Map.entry("string", Type.TYPE_STRING),
          Map.entry("bytes", Type.TYPE_BYTES),
          Map.entry("uint32", Type.TYPE_UINT32),
          Map.entry("sfixed32", Type.TYPE_SFIXED32),
          Map.entry("sfixed64", Type.TYPE_SFIXED64),
          Map.entry("sint32", Type.TYPE_SINT32),
          Map.entry("sint64", Type.TYPE_SINT64));
  private static final Map<String, Label> LABELS =
      Map.of(
          "optional", Label.LABEL_OPTIONAL,
          "required", Label.LABEL_REQUIRED,
          "repeated", Label.LABEL_REPEATED);

  private final ProtoTokens tokens;
  private final ProtoOptions options;
  private final boolean proto3;

  ProtoMessages(ProtoTokens tokens, ProtoOptions options, boolean proto3) {
    this.tokens = tokens;
    this.options = options;
    this.proto3 = proto3;
  }

  /** A message, whose name was read. */
  DescriptorProto message(String name, int depth) {
    if (depth > DEEPEST) {
      throw tokens.wrong("messages stand inside each other too deep");
    }
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    tokens.want("{");
    while (!tokens.took("}")) {
      part(message, depth);
    }
    choicesOfOne(message);
    return message.build();
  }

  private void part(DescriptorProto.Builder message, int depth) {
    switch (tokens.peek()) {
      case ";" -> tokens.want(";");
      case "message" -> {
        tokens.want("message");
        message.addNestedType(message(tokens.name(), depth + 1));
      }
      case "enum" -> message.addEnumType(ProtoSource.symbols(tokens, options));
      case "option" -> {
        tokens.want("option");
        options.statement(message.getOptionsBuilder());
      }
      case "reserved", "extensions" -> ProtoSource.passStatement(tokens);
      case "extend" -> {
        tokens.want("extend");
        extension(tokens.path(), depth);
      }
      case "oneof" -> choice(message, depth);
      default -> field(message, depth);
    }
  }

  /** Passes fields that are added to a message, whose name was read. */
  void extension(String of, int depth) {
    DescriptorProto unused = message(of, depth + 1);
  }

  private void choice(DescriptorProto.Builder message, int depth) {
    tokens.want("oneof");
    int index = message.getOneofDeclCount();
    message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(tokens.name()));
    tokens.want("{");
    while (!tokens.took("}")) {
      if (tokens.took(";")) {
        continue;
      }
      if (tokens.took("option")) {
        options.statement(message.getOneofDeclBuilder(index).getOptionsBuilder());
        continue;
      }
      int first = message.getFieldCount();
      field(message, depth);
      message.getFieldBuilder(first).setOneofIndex(index);
    }
  }

  private void field(DescriptorProto.Builder message, int depth) {
    FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder();
    Optional<Label> label = Optional.ofNullable(LABELS.get(tokens.peek()));
    if (label.isPresent()) {
      String unused = tokens.take();
    }
    field.setLabel(label.orElse(Label.LABEL_OPTIONAL));
    field.setProto3Optional(proto3 && label.filter(Label.LABEL_OPTIONAL::equals).isPresent());
    String type = tokens.path();
    if (type.equals("map") && tokens.took("<")) {
      map(message, field);
      return;
    }
    field.setName(tokens.name());
    tokens.want("=");
    field.setNumber(tokens.number());
    if (type.equals("group")) {
      attributes(field);
      String name = field.getName();
      message.addNestedType(message(name, depth + 1));
      field.setName(name.toLowerCase(Locale.ROOT)).setTypeName(name).setType(Type.TYPE_GROUP);
    } else {
      typed(field, type);
      attributes(field);
      tokens.want(";");
    }
    message.addField(field);
  }

  private static void typed(FieldDescriptorProto.Builder field, String type) {
    Type scalar = SCALARS.get(type);
    if (scalar != null) {
      field.setType(scalar);
    } else {
      // Whether it is a message or an enum, the library finds out.
      field.setTypeName(type);
    }
  }

  private void attributes(FieldDescriptorProto.Builder field) {
    options.list(
        field::getOptionsBuilder,
        name -> {
          if (name.equals("json_name")) {
            field.setJsonName(tokens.text());
            return true;
          }
          if (name.equals("default")) {
            field.setDefaultValue(value(field));
            return true;
          }
          return false;
        });
  }

  private String value(FieldDescriptorProto.Builder field) {
    if (tokens.isText()) {
      byte[] bytes = tokens.bytes();
      return field.getType() == Type.TYPE_BYTES
          ? TextFormat.escapeBytes(bytes)
          : new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
    boolean negative = tokens.took("-");
    return (negative ? "-" : "") + tokens.take();
  }

  /** A map is a list of messages with a key and a value, whose type is made for it. */
  private void map(DescriptorProto.Builder message, FieldDescriptorProto.Builder field) {
    FieldDescriptorProto.Builder key = entry("key", 1);
    typed(key, tokens.path());
    tokens.want(",");
    FieldDescriptorProto.Builder value = entry("value", 2);
    typed(value, tokens.path());
    tokens.want(">");
    field.setName(tokens.name());
    tokens.want("=");
    field.setNumber(tokens.number());
    attributes(field);
    tokens.want(";");
    String type = camel(field.getName()) + "Entry";
    message.addNestedType(
        DescriptorProto.newBuilder()
            .setName(type)
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addField(key)
            .addField(value));
    message.addField(
        field
            .setLabel(Label.LABEL_REPEATED)
            .setProto3Optional(false)
            .setType(Type.TYPE_MESSAGE)
            .setTypeName(type));
  }

  private static FieldDescriptorProto.Builder entry(String name, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean large = true;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        large = true;
      } else {
        camel.append(large ? Character.toUpperCase(c) : c);
        large = false;
      }
    }
    return camel.toString();
  }

  /**
   * In proto3, what is written `optional` is a choice of its own, behind those that are written.
   */
  private static void choicesOfOne(DescriptorProto.Builder message) {
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      if (field.getProto3Optional()) {
        field.setOneofIndex(message.getOneofDeclCount());
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
      } else {
        field.clearProto3Optional();
      }
    }
  }
}
