package io.penstock.connectors.standard.text;

import io.penstock.connectors.standard.value.ByteScan;

/** Finds lines: they end with LF or CR LF. */
final class LineEnds {
  private LineEnds() {}

  /** Where the next line begins, or the end. */
  static int next(byte[] bytes, int from, int to) {
    return Math.min(ByteScan.indexOf(bytes, from, to, (byte) '\n') + 1, to);
  }

  /** Where the text of the line ends that ends here. */
  static int bare(byte[] bytes, int from, int end) {
    int bare = end;
    if (bare > from && bytes[bare - 1] == '\n') {
      bare--;
      if (bare > from && bytes[bare - 1] == '\r') {
        bare--;
      }
    }
    return bare;
  }
}
