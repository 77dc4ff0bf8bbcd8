package io.penstock.connectors.standard.json;

import io.penstock.api.format.Block;

/** The mark that some programs write before UTF-8. */
final class Bom {
  private Bom() {}

  /** Where the block begins behind the mark, or without one. */
  static int behind(Block first) {
    byte[] bytes = first.bytes();
    int from = first.from();
    boolean marked =
        first.to() - from >= 3
            && bytes[from] == (byte) 0xef
            && bytes[from + 1] == (byte) 0xbb
            && bytes[from + 2] == (byte) 0xbf;
    return marked ? from + 3 : from;
  }
}
