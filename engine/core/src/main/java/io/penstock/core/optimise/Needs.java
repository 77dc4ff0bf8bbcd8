package io.penstock.core.optimise;

import io.penstock.api.data.FieldPath;
import io.penstock.core.expression.Expression;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The fields of a row that somebody below reads.
 *
 * @param all whether every field is read; then the paths say nothing
 * @param paths the fields, or paths into them
 */
record Needs(boolean all, Set<FieldPath> paths) {
  static final Needs ALL = new Needs(true, Set.of());
  static final Needs NONE = new Needs(false, Set.of());

  Needs {
    paths = Set.copyOf(paths);
  }

  Needs and(Needs other) {
    if (all || other.all) {
      return ALL;
    }
    Set<FieldPath> both = new HashSet<>(paths);
    both.addAll(other.paths);
    return new Needs(false, both);
  }

  /** These and what an expression reads. */
  Needs and(Expression expression) {
    return and(new Needs(false, expression.reads()));
  }

  Needs and(Collection<Expression> expressions) {
    Needs needs = this;
    for (Expression expression : expressions) {
      needs = needs.and(expression);
    }
    return needs;
  }

  /** These without the fields that the step itself makes. */
  Needs without(Collection<String> made) {
    if (all) {
      return this;
    }
    Set<FieldPath> left = new HashSet<>(paths);
    left.removeIf(path -> made.contains(path.first()));
    return new Needs(false, left);
  }

  boolean includes(String field) {
    return all || paths.stream().anyMatch(path -> path.first().equals(field));
  }
}
