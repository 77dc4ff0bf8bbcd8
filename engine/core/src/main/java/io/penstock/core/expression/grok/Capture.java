package io.penstock.core.expression.grok;

import io.penstock.api.data.DataType;
import java.util.List;

/**
 * A part of a text that becomes a field.
 *
 * @param group the name of its group in the regular expression
 * @param path the field, perhaps inside records
 */
record Capture(String group, List<String> path, DataType type) {
  Capture {
    path = List.copyOf(path);
  }

  String field() {
    return String.join(".", path);
  }
}
