package io.penstock.core.expression.check;

import io.penstock.core.expression.typed.Typed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What holds at one place of an expression: names of lambdas and functions, and which paths are
 * known not to be null. Immutable.
 *
 * @param names what they stand for
 * @param present paths as written ({@code a.b}) that are not null here
 * @param closed whether the row cannot be seen (inside a function of the file)
 */
record Surroundings(Map<String, Typed> names, Set<String> present, boolean closed) {
  static final Surroundings NONE = new Surroundings(Map.of(), Set.of(), false);

  Surroundings {
    names = Map.copyOf(names);
    present = Set.copyOf(present);
  }

  static Surroundings ofFunction(Map<String, Typed> arguments) {
    return new Surroundings(arguments, Set.of(), true);
  }

  Optional<Typed> name(String name) {
    return Optional.ofNullable(names.get(name));
  }

  /** With a name, which hides what was known of another thing of that name. */
  Surroundings with(String name, Typed meaning) {
    Map<String, Typed> more = new HashMap<>(names);
    more.put(name, meaning);
    Set<String> kept = new HashSet<>(present);
    kept.removeIf(path -> path.equals(name) || path.startsWith(name + "."));
    return new Surroundings(more, kept, closed);
  }

  Surroundings knowing(Set<String> paths) {
    if (paths.isEmpty()) {
      return this;
    }
    Set<String> more = new HashSet<>(present);
    more.addAll(paths);
    return new Surroundings(names, more, closed);
  }
}
