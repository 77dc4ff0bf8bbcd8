package io.penstock.connectors.protobuf;

import io.penstock.api.format.Splitter;

/** Cuts behind messages that are there whole. Behind a length that is none it cuts no more. */
final class DelimitedSplitter implements Splitter {
  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    int at = from;
    while (at < to) {
      int length = Lengths.read(bytes, at, to);
      if (length < 0 || length > to - at - Lengths.sizeAt(bytes, at)) {
        break;
      }
      at += Lengths.sizeAt(bytes, at) + length;
    }
    return at > from ? at : NONE;
  }
}
