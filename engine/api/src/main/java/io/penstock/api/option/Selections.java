package io.penstock.api.option;

import java.util.List;

/**
 * An option that is a map as {@link Assignments} are, or a list, in which a plain name stands for
 * itself and a map for its entries: {@code [a, b, { c: f(x) }]}.
 */
public record Selections<T>(List<Entry<T>> entries) {
  public Selections {
    entries = List.copyOf(entries);
  }
}
