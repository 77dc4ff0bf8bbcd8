package io.penstock.core.operator;

import io.penstock.api.data.DataType;
import java.util.List;

/** How an index of keys looks them up: where they lie, or by an encoding. */
enum KeyKind {
  LONG,
  TEXT,
  ENCODED;

  /** That of keys of these parts. */
  static KeyKind of(List<DataType> types) {
    if (types.size() == 1 && types.get(0) instanceof DataType.Simple simple) {
      return switch (simple.kind()) {
        case INT, TIMESTAMP, DATE, DURATION -> LONG;
        case STRING, BYTES -> TEXT;
        case BOOLEAN, DOUBLE, JSON -> ENCODED;
      };
    }
    return ENCODED;
  }
}
