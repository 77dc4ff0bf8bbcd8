package io.penstock.connectors.standard.value;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.ColumnBuilder;

/** {@code true} and {@code false}, in small or capital letters. */
final class BooleanReader implements ScalarReader {
  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    boolean isTrue = is(bytes, from, to, "true");
    if (!isTrue && !is(bytes, from, to, "false")) {
      return false;
    }
    ((BooleansBuilder) column).add(isTrue);
    return true;
  }

  private static boolean is(byte[] bytes, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String expected() {
    return "must be true or false";
  }
}
