package io.penstock.core.logical;

/** How often a row reaches a sink, whatever happens to the process. */
public enum Delivery {
  AT_LEAST_ONCE,
  EXACTLY_ONCE
}
