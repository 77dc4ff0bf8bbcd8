package io.penstock.api.option;

import java.util.List;

/** An option that is written as one value or as a list of them. Never empty. */
public record OneOrMany<T>(List<T> values) {
  public OneOrMany {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value");
    }
  }
}
