package io.penstock.connectors.standard.json;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.connectors.standard.value.ScalarReader;
import io.penstock.json.JsonProblem;
import io.penstock.json.JsonScanner;

/** Lists, maps and records as JSON in the text of a cell. Single-threaded. */
public final class NestedReader implements ScalarReader {
  private final ValueType type;
  private final ValueDecoder decoder;
  private final JsonScanner scanner = new JsonScanner();

  public NestedReader(ValueType type, FieldPath path, Format.Decoding decoding) {
    this.type = type;
    this.decoder = ValueDecoders.of(type.asRequired(), path, decoding, true);
  }

  @Override
  public boolean read(byte[] bytes, int from, int to, ColumnBuilder column) {
    int rows = column.size();
    try {
      scanner.reset(bytes, from, to);
      decoder.decode(scanner, column);
      scanner.end();
      return true;
    } catch (JsonProblem | RecordProblem wrong) {
      column.truncate(rows);
      return false;
    }
  }

  @Override
  public String expected() {
    return "must be JSON of type " + type.asRequired();
  }
}
