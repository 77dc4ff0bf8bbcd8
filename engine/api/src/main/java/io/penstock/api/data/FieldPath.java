package io.penstock.api.data;

import java.util.List;
import java.util.stream.Collectors;

/** The way to a field: its name, or names through records ({@code event.kind}). Never empty. */
public record FieldPath(List<String> names) {
  public FieldPath {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("empty path");
    }
  }

  public static FieldPath of(String... names) {
    return new FieldPath(List.of(names));
  }

  /** The field of the row that the path begins with. */
  public String first() {
    return names.get(0);
  }

  @Override
  public String toString() {
    return names.stream()
        .map(n -> n.indexOf('.') >= 0 ? "'" + n + "'" : n)
        .collect(Collectors.joining("."));
  }
}
