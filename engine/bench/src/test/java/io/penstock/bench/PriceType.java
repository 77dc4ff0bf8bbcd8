package io.penstock.bench;

import io.penstock.api.data.DataType;

/** What the price of an offer is: compared exactly, or as floating-point numbers are. */
public enum PriceType {
  INT(DataType.INT),
  DOUBLE(DataType.DOUBLE);

  private final DataType type;

  PriceType(DataType type) {
    this.type = type;
  }

  DataType type() {
    return type;
  }
}
