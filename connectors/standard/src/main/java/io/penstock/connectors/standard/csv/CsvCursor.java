package io.penstock.connectors.standard.csv;

import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.ByteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the cells of one record. A quote opens only at the beginning of a cell; elsewhere in
 * an unquoted cell it is a character like any other.
 */
final class CsvCursor {
  private final byte delimiter;
  private final byte quote;
  private final ByteBuilder scratch = new ByteBuilder(256);
  private byte[] bytes = new byte[0];
  private int to;
  private int at;
  private int lines;
  private byte[] cell = new byte[0];
  private int cellFrom;
  private int cellTo;
  private boolean quoted;
  private @Nullable String problem;

  CsvCursor(CsvDialect dialect) {
    delimiter = dialect.delimiter();
    quote = dialect.quote();
  }

  void begin(byte[] newBytes, int from, int end) {
    bytes = newBytes;
    at = from;
    to = end;
    lines = 0;
    problem = null;
  }

  /** Reads the next cell. */
  void cell() {
    if (at < to && bytes[at] == quote) {
      quotedCell();
      return;
    }
    quoted = false;
    cell = bytes;
    cellFrom = at;
    at = unquotedEnd(at);
    cellTo = at;
  }

  private int unquotedEnd(int from) {
    byte[] b = bytes;
    byte stop = delimiter;
    int end = to;
    int i = from;
    while (i < end) {
      byte c = b[i];
      if (c == stop || c == '\n' || c == '\r') {
        break;
      }
      i++;
    }
    return i;
  }

  private void quotedCell() {
    quoted = true;
    int from = at + 1;
    int i = from;
    boolean pairs = false;
    while (true) {
      if (i >= to) {
        problem = "a quote is opened and never closed: " + Shown.of(bytes, at, to);
        break;
      }
      byte c = bytes[i];
      if (c == quote) {
        if (i + 1 < to && bytes[i + 1] == quote) {
          pairs = true;
          i += 2;
          continue;
        }
        break;
      }
      if (c == '\n') {
        lines++;
      }
      i++;
    }
    slice(from, Math.min(i, to), pairs);
    at = Math.min(i + 1, to);
    int end = unquotedEnd(at);
    if (end > at && problem == null) {
      problem = "text follows a closing quote: " + Shown.of(bytes, at, end);
    }
    at = end;
  }

  private void slice(int from, int end, boolean pairs) {
    if (!pairs) {
      cell = bytes;
      cellFrom = from;
      cellTo = end;
      return;
    }
    scratch.truncate(0);
    for (int i = from; i < end; i++) {
      scratch.append(bytes[i]);
      if (bytes[i] == quote) {
        i++;
      }
    }
    cell = scratch.array();
    cellFrom = 0;
    cellTo = scratch.length();
  }

  /** Whether the record has one more cell; otherwise goes behind the end of its line. */
  boolean more() {
    if (at >= to) {
      return false;
    }
    byte b = bytes[at++];
    if (b == delimiter) {
      return true;
    }
    if (b == '\r' && at < to && bytes[at] == '\n') {
      at++;
      lines++;
    } else if (b == '\n') {
      lines++;
    }
    return false;
  }

  byte[] array() {
    return cell;
  }

  int from() {
    return cellFrom;
  }

  int to() {
    return cellTo;
  }

  /** Whether the cell stood in quotes. */
  boolean quoted() {
    return quoted;
  }

  /** Where the next record begins, after the last cell. */
  int next() {
    return at;
  }

  /** How many line feeds the record has. */
  int lines() {
    return lines;
  }

  /** What is wrong with the record's quotes. */
  @Nullable String problem() {
    return problem;
  }
}
