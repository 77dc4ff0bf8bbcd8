package io.penstock.bench;

import io.penstock.api.data.DataType;

/** What the price of an offer is: compared exactly, or as floating-point numbers are. */
public enum PriceType {
  INT,
  DOUBLE;

  DataType type() {
    return switch (this) {
      case INT -> DataType.INT;
      case DOUBLE -> DataType.DOUBLE;
    };
  }
}
