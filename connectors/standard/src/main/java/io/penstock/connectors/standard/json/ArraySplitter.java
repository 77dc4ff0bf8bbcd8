package io.penstock.connectors.standard.json;

import io.penstock.api.format.Splitter;

/**
 * Cuts behind the commas between the elements of the one array. What is no array at all, or goes on
 * behind its end, is left to the decoder: it gets everything up to the end in one block.
 */
final class ArraySplitter implements Splitter {
  private boolean inside;

  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    int cut = NONE;
    int depth = inside ? 1 : 0;
    int i = from;
    while (i < to) {
      byte b = bytes[i++];
      switch (b) {
        case '"' -> i = textEnd(bytes, i, to);
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case ',' -> cut = depth == 1 ? i : cut;
        default -> {}
      }
    }
    inside |= cut != NONE;
    return cut;
  }

  @Override
  public void resume() {
    inside = true;
  }

  private static int textEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, to);
  }
}
