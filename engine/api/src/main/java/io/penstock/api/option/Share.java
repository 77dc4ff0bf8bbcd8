package io.penstock.api.option;

/** A part of a whole, from 0 to 1: {@code 1%}. */
public record Share(double of1) {
  public Share {
    if (!(of1 >= 0 && of1 <= 1)) {
      throw new IllegalArgumentException("share " + of1);
    }
  }
}
