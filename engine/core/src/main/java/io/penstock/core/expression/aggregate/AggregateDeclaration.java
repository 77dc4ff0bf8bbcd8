package io.penstock.core.expression.aggregate;

import io.penstock.core.expression.function.Signature;
import java.lang.reflect.Method;
import java.util.List;

/** A declared aggregate. */
public record AggregateDeclaration(
    String name, AggregateFunction about, List<Signature> signatures, Method method) {
  public AggregateDeclaration {
    signatures = List.copyOf(signatures);
  }
}
