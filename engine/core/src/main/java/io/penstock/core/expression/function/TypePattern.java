package io.penstock.core.expression.function;

import io.penstock.api.data.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** A type in a signature. */
public sealed interface TypePattern {
  /** A type without parts. */
  record Exact(DataType type) implements TypePattern {
    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** A decimal of any precision and scale. */
  record AnyDecimal() implements TypePattern {
    @Override
    public String toString() {
      return "decimal";
    }
  }

  /** int, decimal or double; one type per call. */
  record Number() implements TypePattern {
    @Override
    public String toString() {
      return "number";
    }
  }

  /** Anything. */
  record Any() implements TypePattern {
    @Override
    public String toString() {
      return "any";
    }
  }

  /** Any record. */
  record AnyRecord() implements TypePattern {
    @Override
    public String toString() {
      return "record";
    }
  }

  /** A type variable. */
  record Variable(char name) implements TypePattern {
    @Override
    public String toString() {
      return String.valueOf(name);
    }
  }

  /** A list. */
  record ListOf(Slot element) implements TypePattern {
    @Override
    public String toString() {
      return "[" + element + "]";
    }
  }

  /** A map. */
  record MapOf(Slot value) implements TypePattern {
    @Override
    public String toString() {
      return "map<" + value + ">";
    }
  }

  /** A record of named fields. */
  record RecordOf(List<Signature.Parameter> fields) implements TypePattern {
    public RecordOf {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return fields.stream()
          .map(Signature.Parameter::toString)
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
  }

  /** A lambda. */
  record FunctionOf(List<Slot> parameters, Slot result) implements TypePattern {
    public FunctionOf {
      parameters = List.copyOf(parameters);
    }

    @Override
    public String toString() {
      String left =
          parameters.size() == 1
              ? parameters.get(0).toString()
              : parameters.stream().map(Slot::toString).collect(Collectors.joining(", ", "(", ")"));
      return left + " -> " + result;
    }
  }

  /** A pattern, and whether null is allowed. */
  record Slot(TypePattern pattern, boolean optional) {
    @Override
    public String toString() {
      return pattern + (optional ? "?" : "");
    }
  }
}
