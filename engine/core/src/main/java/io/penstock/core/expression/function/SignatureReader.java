package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.function.Signature.Parameter;
import io.penstock.core.expression.function.TypePattern.Slot;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a signature. */
final class SignatureReader {
  private final String text;
  private int at;

  SignatureReader(String text) {
    this.text = text;
  }

  Signature signature() {
    List<Parameter> parameters = new ArrayList<>();
    boolean repeats = false;
    expect("(");
    while (!take(")")) {
      if (!parameters.isEmpty()) {
        expect(",");
      }
      String name = word();
      expect(":");
      parameters.add(new Parameter(name, slot()));
      if (take("...")) {
        repeats = true;
      }
    }
    expect("->");
    Slot result = slot();
    blanks();
    if (at != text.length()) {
      throw broken();
    }
    return new Signature(parameters, repeats, result);
  }

  private Slot slot() {
    if (take("(")) {
      List<Slot> taken = new ArrayList<>();
      do {
        taken.add(slot());
      } while (take(","));
      expect(")");
      expect("->");
      return new Slot(new TypePattern.FunctionOf(taken, slot()), false);
    }
    Slot one = new Slot(pattern(), take("?"));
    if (take("->")) {
      return new Slot(new TypePattern.FunctionOf(List.of(one), slot()), false);
    }
    return one;
  }

  private TypePattern pattern() {
    if (take("[")) {
      Slot element = slot();
      expect("]");
      return new TypePattern.ListOf(element);
    }
    if (take("{")) {
      return record();
    }
    String word = word();
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0))) {
      return new TypePattern.Variable(word.charAt(0));
    }
    return switch (word) {
      case "map" -> {
        expect("<");
        Slot value = slot();
        expect(">");
        yield new TypePattern.MapOf(value);
      }
      case "any" -> new TypePattern.Any();
      case "record" -> new TypePattern.AnyRecord();
      case "number" -> new TypePattern.Number();
      case "decimal" -> new TypePattern.AnyDecimal();
      default -> new TypePattern.Exact(simple(word));
    };
  }

  private TypePattern record() {
    List<Parameter> fields = new ArrayList<>();
    do {
      String name = word();
      expect(":");
      fields.add(new Parameter(name, slot()));
    } while (take(","));
    expect("}");
    return new TypePattern.RecordOf(fields);
  }

  private DataType simple(String word) {
    for (DataType.Simple.Kind kind : DataType.Simple.Kind.values()) {
      DataType type = new DataType.Simple(kind);
      if (type.toString().equals(word)) {
        return type;
      }
    }
    throw broken();
  }

  private String word() {
    blanks();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (from == at) {
      throw broken();
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

  private void expect(String wanted) {
    if (!take(wanted)) {
      throw broken();
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("signature " + text + " at " + at);
  }
}
