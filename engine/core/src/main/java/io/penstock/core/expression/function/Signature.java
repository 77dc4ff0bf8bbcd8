package io.penstock.core.expression.function;

import io.penstock.core.expression.function.TypePattern.Slot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a function takes and gives. The language of signatures is described at {@link
 * Function#signature}.
 *
 * @param repeats whether the last parameter takes any number of arguments
 */
public record Signature(List<Parameter> parameters, boolean repeats, Slot result) {
  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** A named parameter. */
  public record Parameter(String name, Slot type) {
    @Override
    public String toString() {
      return name + ": " + type;
    }
  }

  /** Reads a signature; one that cannot be read is a bug of its declaration. */
  public static Signature of(String text) {
    return new SignatureReader(text).signature();
  }

  /** Whether a call with so many arguments fits. */
  public boolean takes(int arguments) {
    return repeats ? arguments >= parameters.size() - 1 : arguments == parameters.size();
  }

  /** The parameter that an argument goes to. */
  public Parameter parameter(int argument) {
    return parameters.get(Math.min(argument, parameters.size() - 1));
  }

  @Override
  public String toString() {
    return parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ""))
        + (repeats ? "...) -> " : ") -> ")
        + result;
  }
}
