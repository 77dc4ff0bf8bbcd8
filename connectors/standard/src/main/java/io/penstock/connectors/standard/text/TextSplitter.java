package io.penstock.connectors.standard.text;

import io.penstock.api.format.Splitter;

/** Cuts where a record ends; where that takes the line that follows, one record earlier. */
final class TextSplitter implements Splitter {
  private final Records records;

  TextSplitter(Records records) {
    this.records = records;
  }

  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    if (records.kind() == Records.Kind.EACH_LINE) {
      return lastLineEnd(bytes, from, to);
    }
    int cut = NONE;
    int lines = 0;
    int at = from;
    while (at < to) {
      int end = LineEnds.next(bytes, at, to);
      if (bytes[end - 1] != '\n') {
        break;
      }
      int bare = LineEnds.bare(bytes, at, end);
      boolean begins =
          at > from && (lines == records.maxLines() || records.endsBefore(bytes, at, bare));
      if (begins) {
        cut = at;
        lines = 0;
      }
      lines++;
      if (records.endsWith(bytes, at, bare)) {
        cut = end;
        lines = 0;
      }
      at = end;
    }
    return cut;
  }

  private static int lastLineEnd(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return NONE;
  }
}
