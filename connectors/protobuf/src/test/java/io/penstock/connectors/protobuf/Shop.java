package io.penstock.connectors.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.penstock.api.data.Schema;
import io.penstock.api.option.NamedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The messages of shop.proto and old.proto, as protoc has compiled them, and random ones. */
final class Shop {
  static final NamedFile FILE = new NamedFile("shop.desc", resource("shop.desc"));

  private Shop() {}

  static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Shop.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ProtobufConfig config(ProtobufConfig.Layout layout, String message) {
    return new ProtobufConfig(layout, Optional.of(FILE), Optional.of(message), Optional.empty());
  }

  static ProtobufConfig single(String message) {
    return config(ProtobufConfig.Layout.SINGLE, message);
  }

  static Descriptor type(String message) {
    return single(message).type().orElseThrow();
  }

  static Schema own(String message) {
    return single(message).format().traits().ownSchema().orElseThrow();
  }

  /** Each message behind its length, as Protobuf itself writes it. */
  static byte[] delimited(List<Message> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (Message message : messages) {
        message.writeDelimitedTo(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A message with random values in random fields. */
  static Message random(Descriptor type, Random random, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean taken =
          field.getRealContainingOneof() != null
              && message.hasOneof(field.getRealContainingOneof());
      if (!field.isRequired()
          && (taken || random.nextInt(3) == 0 || depth == 0 && isMessage(field))) {
        continue;
      }
      if (field.isMapField()) {
        message.setField(field, entries(field, random, depth));
      } else if (field.isRepeated()) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value(field, random, depth));
        }
        message.setField(field, values);
      } else {
        message.setField(field, value(field, random, depth));
      }
    }
    return message.build();
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  private static List<Object> entries(FieldDescriptor field, Random random, int depth) {
    Descriptor entry = field.getMessageType();
    List<Object> entries = new ArrayList<>();
    Set<Object> keys = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Object key = value(entry.findFieldByNumber(1), random, depth);
      if (keys.add(key)) {
        entries.add(
            DynamicMessage.newBuilder(entry)
                .setField(entry.findFieldByNumber(1), key)
                .setField(
                    entry.findFieldByNumber(2), value(entry.findFieldByNumber(2), random, depth))
                .build());
      }
    }
    return entries;
  }

  private static Object value(FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextBoolean() ? random.nextInt(5) : random.nextInt();
      case LONG -> random.nextBoolean() ? (long) random.nextInt(5) : random.nextLong();
      case FLOAT -> random.nextInt(1000) / 8f;
      case DOUBLE -> random.nextInt() / 16.0;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> List.of("", "a", "\u20ac \ud83d\ude00", "x\ny\u0000").get(random.nextInt(4));
      case BYTE_STRING -> ByteString.copyFrom(bytes(random));
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> message(field, random, depth);
    };
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Message message(FieldDescriptor field, Random random, int depth) {
    Descriptor type = field.getMessageType();
    return switch (WellKnown.of(type)) {
      case TIMESTAMP -> time(type, random.nextInt(), random.nextInt(1_000_000) * 1000);
      case DURATION -> {
        int seconds = random.nextInt();
        yield time(type, seconds, Integer.signum(seconds) * random.nextInt(1_000_000) * 1000);
      }
      case VALUE -> any(type, random, depth);
      case WRAPPER, STRUCT, LIST, EMPTY, NONE -> random(type, random, Math.max(0, depth - 1));
    };
  }

  private static Message any(Descriptor type, Random random, int depth) {
    List<FieldDescriptor> kinds = type.getFields();
    FieldDescriptor kind = kinds.get(random.nextInt(depth == 0 ? 4 : kinds.size()));
    return DynamicMessage.newBuilder(type)
        .setField(kind, value(kind, random, Math.max(0, depth - 1)))
        .build();
  }

  private static Message time(Descriptor type, long seconds, int nanos) {
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByNumber(1), seconds)
        .setField(type.findFieldByNumber(2), nanos)
        .build();
  }
}
