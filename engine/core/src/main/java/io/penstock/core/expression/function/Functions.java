package io.penstock.core.expression.function;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The registry of functions. A family is added to {@link #FAMILIES} in plain code. Looking a name
 * up reads the annotations of that name's methods only, because a short run pays for its start.
 * Immutable.
 */
public final class Functions {
  private static final List<Class<?>> FAMILIES =
      List.of(
          Control.class,
          Choices.class,
          Conversion.class,
          Sizes.class,
          Joining.class,
          Patterns.class,
          Lists.class,
          Lambdas.class,
          ListNumbers.class,
          Encodings.class,
          Urls.class,
          Groks.class,
          Logs.class,
          Documents.class,
          Hashes.class,
          Identity.class,
          Jsons.class,
          Maps.class,
          Records.class,
          Metadata.class,
          Text.class,
          TextParts.class,
          Numbers.class,
          Time.class,
          TimeParts.class,
          Calendars.class);
  private static final Functions STANDARD = new Functions(FAMILIES);

  private final Map<String, List<Method>> methods = new TreeMap<>();

  Functions(List<Class<?>> families) {
    for (Class<?> family : families) {
      for (Method method : family.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
          methods.computeIfAbsent(nameOf(method), n -> new ArrayList<>()).add(method);
        }
      }
    }
  }

  /** The functions of the language. */
  public static Functions standard() {
    return STANDARD;
  }

  /** The overloads of a name, in a fixed order; none where there is no such function. */
  public List<FunctionDeclaration> named(String name) {
    List<FunctionDeclaration> found = new ArrayList<>();
    for (Method method : methods.getOrDefault(name, List.of())) {
      Function about = method.getAnnotation(Function.class);
      if (about == null) {
        throw new IllegalStateException("without @Function: " + method);
      }
      found.add(new FunctionDeclaration(name, about, Signature.of(about.signature()), method));
    }
    found.sort(java.util.Comparator.comparing(f -> f.about().signature()));
    return found;
  }

  /** All names, sorted. */
  public Collection<String> names() {
    return List.copyOf(methods.keySet());
  }

  /** All functions, by name; reads every annotation, so for the reference and tests only. */
  public List<FunctionDeclaration> all() {
    return methods.keySet().stream().flatMap(name -> named(name).stream()).toList();
  }

  /** The name in the language of a Java method. */
  public static String nameOf(Method method) {
    StringBuilder name = new StringBuilder();
    for (char c : method.getName().toCharArray()) {
      if (Character.isUpperCase(c)) {
        name.append('_');
      }
      name.append(Character.toLowerCase(c));
    }
    if (name.charAt(name.length() - 1) == '_') {
      name.setLength(name.length() - 1);
    }
    return name.toString();
  }
}
