package io.penstock.core.expression.closure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls a public static method: by reflection at first, which is there at once, and by a handle
 * when it is called often. Java makes classes for a handle, which costs milliseconds; {@code
 * run-pipeline} asks it to make none for reflection, because most is called but a few times. Tasks
 * may share one.
 */
final class MethodCall {
  private static final int OFTEN = 1000;

  private final Method method;
  private int calls;
  // Null until it is called often; a task that does not see it yet makes its own.
  private @Nullable MethodHandle handle;

  MethodCall(Method method) {
    this.method = method;
  }

  /** What the method returns; it throws what the method throws. */
  @Nullable Object of(@Nullable Object[] arguments) throws Throwable {
    MethodHandle often = handle;
    if (often != null) {
      return (Object) often.invokeExact(arguments);
    }
    if (++calls >= OFTEN) {
      handle = handle(method);
    }
    try {
      return method.invoke(null, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  private static MethodHandle handle(Method method) throws IllegalAccessException {
    return MethodHandles.publicLookup()
        .unreflect(method)
        .asFixedArity()
        .asSpreader(Object[].class, method.getParameterCount())
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
