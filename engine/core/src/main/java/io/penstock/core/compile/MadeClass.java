package io.penstock.core.compile;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * A class that was made from source.
 *
 * @param methodBytes the bytes of bytecode of each method, by name and descriptor
 */
public record MadeClass(Class<?> type, Map<String, Integer> methodBytes) {
  public MadeClass {
    methodBytes = Map.copyOf(methodBytes);
  }

  /** The bytes of bytecode of the largest method. */
  public int largestMethod() {
    return methodBytes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** A new instance, by the constructor without parameters, as a type that the class implements. */
  public <T> T create(Class<T> as) {
    try {
      return as.cast(type.getDeclaredConstructor().newInstance());
    } catch (InvocationTargetException thrown) {
      throw new IllegalStateException(type.getName(), thrown.getCause());
    } catch (ReflectiveOperationException bug) {
      throw new IllegalStateException(type.getName(), bug);
    }
  }
}
