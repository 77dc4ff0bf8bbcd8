package io.penstock.core.expression;

import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import java.util.List;
import java.util.Optional;

/** A one-line function of a pipeline file. It is put in at each call, typed with the arguments. */
public record UserFunction(String name, List<Taken> takes, ExpressionText is) {
  public UserFunction {
    takes = List.copyOf(takes);
  }

  /** A parameter; without a type it is a decimal of whatever precision the argument has. */
  public record Taken(String name, Optional<ValueType> type) {}
}
