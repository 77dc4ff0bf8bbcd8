package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Reads options of a `.proto` source. Those that Protobuf itself knows and that are numbers,
 * symbols or booleans are kept, such as `packed` and `features`; all others say nothing about
 * bytes.
 */
final class ProtoOptions {
  private final ProtoTokens tokens;

  /** Takes an option that is none of these, such as a field's `default`. */
  interface Others {
    /** Takes the value, if the name is one that it knows. */
    boolean takes(String name);
  }

  ProtoOptions(ProtoTokens tokens) {
    this.tokens = tokens;
  }

  /** Reads what stands behind the word `option`. */
  void statement(Message.Builder to) {
    one(to, name -> false);
    tokens.want(";");
  }

  /** Reads options in brackets, if there are any. */
  void list(Supplier<Message.Builder> to, Others others) {
    if (!tokens.took("[")) {
      return;
    }
    do {
      one(to.get(), others);
    } while (tokens.took(","));
    tokens.want("]");
  }

  private void one(Message.Builder to, Others others) {
    StringBuilder name = new StringBuilder();
    do {
      if (tokens.took("(")) {
        name.append('(').append(tokens.path()).append(')');
        tokens.want(")");
      } else {
        name.append(tokens.name());
      }
      name.append('.');
    } while (tokens.took("."));
    name.setLength(name.length() - 1);
    tokens.want("=");
    if (others.takes(name.toString())) {
      return;
    }
    if (tokens.isText() || tokens.peek().equals("{") || tokens.peek().equals("[")) {
      skip();
      return;
    }
    boolean negative = tokens.took("-") || tokens.took("+");
    String value = tokens.take();
    if (!negative) {
      set(to, name.toString(), value);
    }
  }

  private static void set(Message.Builder to, String name, String value) {
    int point = name.indexOf('.');
    String first = point < 0 ? name : name.substring(0, point);
    FieldDescriptor field = to.getDescriptorForType().findFieldByName(first);
    if (field == null || field.isRepeated()) {
      return;
    }
    switch (field.getJavaType()) {
      case MESSAGE -> {
        if (point >= 0) {
          set(to.getFieldBuilder(field), name.substring(point + 1), value);
        }
      }
      case BOOLEAN -> to.setField(field, Boolean.valueOf(value.toLowerCase(Locale.ROOT)));
      case ENUM -> {
        EnumValueDescriptor symbol = field.getEnumType().findValueByName(value);
        if (symbol != null) {
          to.setField(field, symbol);
        }
      }
      case INT, LONG, FLOAT, DOUBLE, STRING, BYTE_STRING -> {
        // None of these changes what bytes mean.
      }
    }
  }

  /** Passes a text, or whatever stands in braces or brackets. */
  void skip() {
    if (tokens.isText()) {
      byte[] unused = tokens.bytes();
      return;
    }
    int depth = 0;
    do {
      if (tokens.isText()) {
        byte[] unused = tokens.bytes();
        continue;
      }
      String sign = tokens.take();
      if (sign.equals("{") || sign.equals("[")) {
        depth++;
      } else if (sign.equals("}") || sign.equals("]")) {
        depth--;
      }
    } while (depth > 0);
  }
}
