package io.penstock.connectors.standard.csv;

import io.penstock.api.format.Splitter;
import io.penstock.connectors.standard.value.ByteScan;

/** Cuts at ends of lines that do not stand in quotes. */
final class CsvSplitter implements Splitter {
  private final byte delimiter;
  private final byte quote;

  CsvSplitter(CsvDialect dialect) {
    delimiter = dialect.delimiter();
    quote = dialect.quote();
  }

  @Override
  public int cut(byte[] bytes, int from, int to, boolean last) {
    if (last) {
      return to;
    }
    return ByteScan.contains(bytes, from, to, quote)
        ? cutOutsideQuotes(bytes, from, to)
        : lastLineEnd(bytes, from, to);
  }

  // A carriage return that is the last byte may be followed by its line feed.
  private static int lastLineEnd(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n' || bytes[i] == '\r' && i < to - 1) {
        return i + 1;
      }
    }
    return NONE;
  }

  private int cutOutsideQuotes(byte[] bytes, int from, int to) {
    int cut = NONE;
    boolean cellStart = true;
    int i = from;
    while (i < to) {
      byte b = bytes[i++];
      if (b == quote && cellStart) {
        i = quoteEnd(bytes, i, to);
        cellStart = false;
      } else if (b == '\n') {
        cut = i;
        cellStart = true;
      } else if (b == '\r' && i < to) {
        i = bytes[i] == '\n' ? i + 1 : i;
        cut = i;
        cellStart = true;
      } else {
        cellStart = b == delimiter;
      }
    }
    return cut;
  }

  /** Behind the quote that closes; at the end where it may be the first of a pair. */
  private int quoteEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i++] == quote) {
        if (i == to || bytes[i] != quote) {
          return i;
        }
        i++;
      }
    }
    return to;
  }
}
