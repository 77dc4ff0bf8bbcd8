package io.penstock.api.option;

import io.penstock.api.problem.Origin;

/** A value with the place where it stands; equal when the values are. */
public record Placed<T>(T value, Origin origin) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Placed<?> that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return String.valueOf(value);
  }
}
