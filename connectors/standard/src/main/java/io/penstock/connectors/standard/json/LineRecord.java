package io.penstock.connectors.standard.json;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Decoder;
import io.penstock.json.JsonScanner;

/** Makes the rows of a record that is one line. */
interface LineRecord {
  /** Rows go here from now on; the columns, not to be written. */
  ColumnBuilder[] into(Decoder.Rows out);

  /**
   * Takes the record that the scanner has been set to, and ends its rows; throws {@code
   * RecordProblem} or {@code JsonProblem} before any has ended.
   *
   * @param from where the record begins in the scanner's array
   * @param end where it ends, exclusive
   */
  void take(JsonScanner scanner, int from, int end, int line, Decoder.Rows out);
}
