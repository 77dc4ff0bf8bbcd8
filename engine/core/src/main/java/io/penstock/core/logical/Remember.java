package io.penstock.core.logical;

import java.util.List;

/**
 * Remembers the last row of each key of a stream of changes whose rows that go are known by their
 * keys alone; hands on changes with whole rows.
 *
 * @param key fields of the input, none of them null in any row
 */
public record Remember(List<String> key) implements Operation {
  public Remember {
    key = List.copyOf(key);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.remember(this);
  }
}
