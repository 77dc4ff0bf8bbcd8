package io.penstock.connectors.standard.json;

import io.penstock.api.format.Splitter;

/** Cuts at line feeds. */
final class LineSplitter implements Splitter {
  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return NONE;
  }
}
