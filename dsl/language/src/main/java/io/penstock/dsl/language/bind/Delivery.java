package io.penstock.dsl.language.bind;

/** The guarantee that a path must reach. */
public enum Delivery {
  AT_LEAST_ONCE,
  EXACTLY_ONCE
}
