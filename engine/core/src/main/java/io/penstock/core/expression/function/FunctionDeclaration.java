package io.penstock.core.expression.function;

import java.lang.reflect.Method;

/** A declared function: one overload of a name. */
public record FunctionDeclaration(String name, Function about, Signature signature, Method method) {
  @Override
  public String toString() {
    return name + signature;
  }
}
