package io.penstock.connectors.standard.csv;

import io.penstock.api.data.Column;
import io.penstock.json.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts quotes around cells that need them. */
final class CellQuotes {
  private final byte delimiter;
  private final byte quote;
  private final boolean spreadsheetSafe;
  private final boolean hasNullText;
  private final byte[] nullText;

  CellQuotes(CsvDialect dialect) {
    delimiter = dialect.delimiter();
    quote = dialect.quote();
    spreadsheetSafe = dialect.spreadsheetSafe();
    hasNullText = dialect.nullText().isPresent();
    nullText = dialect.nullText().orElse("").getBytes(StandardCharsets.UTF_8);
  }

  /** Ends a cell of text that began there, and quotes it where it must be. */
  void close(ByteBuilder bytes, int begun, boolean optional) {
    int end = bytes.length();
    if (begun == end) {
      if (optional && !hasNullText) {
        empty(bytes);
      }
      return;
    }
    byte[] array = bytes.array();
    int quotesInside = 0;
    boolean needed = array[begun] == quote;
    for (int i = begun; i < end; i++) {
      byte b = array[i];
      if (b == quote) {
        quotesInside++;
        needed = true;
      } else if (b == delimiter || b == '\n' || b == '\r') {
        needed = true;
      }
    }
    needed |= hasNullText && Arrays.equals(array, begun, end, nullText, 0, nullText.length);
    if (needed) {
      quote(bytes, begun, end, quotesInside);
    }
  }

  private void quote(ByteBuilder bytes, int begun, int end, int quotesInside) {
    byte[] array = bytes.room(quotesInside + 2);
    int at = end + quotesInside + 1;
    bytes.advance(quotesInside + 2);
    array[at--] = quote;
    for (int i = end - 1; i >= begun; i--) {
      array[at--] = array[i];
      if (array[i] == quote) {
        array[at--] = quote;
      }
    }
    array[begun] = quote;
  }

  /** An empty text that is not null. */
  void empty(ByteBuilder bytes) {
    bytes.append(quote);
    bytes.append(quote);
  }

  /** Begins a cell of text that a spreadsheet would take for a formula with an apostrophe. */
  void safe(ByteBuilder bytes, Column.Bytes texts, int row) {
    if (spreadsheetSafe) {
      safe(bytes, texts.bytes(), texts.from(row), texts.to(row));
    }
  }

  /** The same for a text in bytes. */
  void safe(ByteBuilder bytes, byte[] text, int from, int to) {
    boolean formula = from < to && "=+-@\t\r".indexOf(text[from]) >= 0;
    if (spreadsheetSafe && formula && !isNumber(text, from, to)) {
      bytes.append('\'');
    }
  }

  private static boolean isNumber(byte[] text, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if ((text[i] < '0' || text[i] > '9') && text[i] != '.') {
        return false;
      }
    }
    return to > from + 1 && text[from] != '=' && text[from] != '@';
  }
}
