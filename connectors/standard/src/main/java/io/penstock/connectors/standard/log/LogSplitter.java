package io.penstock.connectors.standard.log;

import io.penstock.api.format.Splitter;

/** Cuts at line feeds, or nowhere. */
record LogSplitter(Layout layout) implements Splitter {
  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    for (int i = to - 1; layout == Layout.LINES && i >= from; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return NONE;
  }
}
