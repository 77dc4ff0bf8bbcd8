package io.penstock.core.expression.aggregate;

import io.penstock.core.expression.function.Functions;
import io.penstock.core.expression.function.Signature;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The registry of aggregates. A class of them is added to {@link #GROUPS}. Immutable. */
public final class AggregateFunctions {
  private static final List<Class<?>> GROUPS =
      List.of(
          Counts.class,
          Sums.class,
          Extremes.class,
          Picks.class,
          Collections.class,
          Quantiles.class,
          Spreads.class,
          Sketches.class,
          Truths.class);
  private static final AggregateFunctions STANDARD = new AggregateFunctions(GROUPS);

  private final Map<String, Method> methods = new TreeMap<>();

  AggregateFunctions(List<Class<?>> groups) {
    for (Class<?> group : groups) {
      for (Method method : group.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
          methods.put(Functions.nameOf(method), method);
        }
      }
    }
  }

  /** The aggregates of the language. */
  public static AggregateFunctions standard() {
    return STANDARD;
  }

  /** The aggregate of a name. */
  public Optional<AggregateDeclaration> named(String name) {
    Method method = methods.get(name);
    if (method == null) {
      return Optional.empty();
    }
    AggregateFunction about = method.getAnnotation(AggregateFunction.class);
    if (about == null) {
      throw new IllegalStateException("without @AggregateFunction: " + method);
    }
    List<Signature> signatures = Arrays.stream(about.signature()).map(Signature::of).toList();
    return Optional.of(new AggregateDeclaration(name, about, signatures, method));
  }

  /** Whether there is an aggregate of this name. */
  public boolean has(String name) {
    return methods.containsKey(name);
  }

  /** All names, sorted. */
  public Collection<String> names() {
    return List.copyOf(methods.keySet());
  }
}
