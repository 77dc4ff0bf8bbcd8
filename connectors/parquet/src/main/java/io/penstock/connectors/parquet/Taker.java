package io.penstock.connectors.parquet;

import org.apache.parquet.io.api.Binary;

/** Takes values of one kind to a place; the other kinds do not come. */
interface Taker {
  default void take(boolean value, Place place) {
    throw new IllegalStateException("a boolean");
  }

  default void take(long value, Place place) {
    throw new IllegalStateException("a whole number");
  }

  default void take(double value, Place place) {
    throw new IllegalStateException("a fraction");
  }

  default void take(Binary value, Place place) {
    throw new IllegalStateException("bytes");
  }
}
