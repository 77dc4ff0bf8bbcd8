package io.penstock.connectors.standard.json;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.json.JsonScanner;

/** Takes the next value of a scanner into a column. Throws {@link RecordProblem}. */
interface ValueDecoder {
  void decode(JsonScanner scanner, ColumnBuilder column);
}
