package io.penstock.core.expression;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Reads types as they print, for tables of tests. */
final class TypeText {
  private final String text;
  private int at;

  private TypeText(String text) {
    this.text = text;
  }

  static ValueType read(String text) {
    return new TypeText(text.strip()).type();
  }

  private ValueType type() {
    blanks();
    if (take("optional ")) {
      return type().asOptional();
    }
    if (take("[")) {
      ValueType element = type();
      take("]");
      return ValueType.required(new DataType.ListOf(element));
    }
    if (take("map<")) {
      ValueType value = type();
      take(">");
      return ValueType.required(new DataType.MapOf(value));
    }
    if (take("{")) {
      return ValueType.required(new DataType.RecordOf(fields()));
    }
    if (take("decimal(")) {
      int precision = number();
      take(",");
      int scale = number();
      take(")");
      return ValueType.required(new DataType.Decimal(precision, scale));
    }
    String word = word();
    for (DataType.Simple.Kind kind : DataType.Simple.Kind.values()) {
      DataType type = new DataType.Simple(kind);
      if (type.toString().equals(word)) {
        return ValueType.required(type);
      }
    }
    throw new IllegalArgumentException("no type: " + text + " at " + at);
  }

  private Schema fields() {
    List<Field> fields = new ArrayList<>();
    boolean open = false;
    while (true) {
      blanks();
      if (take("}")) {
        return new Schema(fields, open);
      }
      if (take(",")) {
        continue;
      }
      if (take("...")) {
        open = true;
        continue;
      }
      String name = word();
      take(":");
      fields.add(new Field(name, type()));
    }
  }

  private int number() {
    return Integer.parseInt(word());
  }

  private String word() {
    blanks();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(from, at);
  }

  private boolean take(String wanted) {
    blanks();
    if (!text.startsWith(wanted, at)) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
