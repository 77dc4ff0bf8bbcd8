package io.penstock.connectors.standard.json;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.Json;
import io.penstock.json.JsonBuilder;
import io.penstock.json.JsonScanner;
import java.util.Optional;

/** Decodes one record, the next value of a scanner, into the columns of a batch. */
final class RecordDecoder implements LineRecord {
  private final Schema schema;
  private final boolean wholeRest;
  private final boolean anyKind;
  private final ObjectDecoder fields;
  private final ColumnBuilder[] columns;
  private final JsonBuilder rest = new JsonBuilder();

  /**
   * @param anyKind whether a record without a schema may be something else than an object
   */
  RecordDecoder(Format.Decoding decoding, boolean anyKind) {
    schema = decoding.schema();
    wholeRest = schema.open() && schema.fields().isEmpty();
    this.anyKind = anyKind;
    fields = new ObjectDecoder(schema, Optional.<FieldPath>empty(), decoding);
    columns = new ColumnBuilder[schema.columns()];
  }

  /** The decoder of each field; not to be written. */
  ValueDecoder[] decoders() {
    return fields.decoders();
  }

  @Override
  public ColumnBuilder[] into(Decoder.Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    return columns;
  }

  @Override
  public void take(JsonScanner scanner, int from, int end, int line, Decoder.Rows out) {
    decode(scanner);
    scanner.end();
    out.endRow(from, line);
  }

  /** Takes a value; throws {@code RecordProblem} or {@code JsonProblem}. */
  void decode(JsonScanner scanner) {
    if (scanner.kind() != Json.Kind.OBJECT && !(wholeRest && anyKind)) {
      int from = scanner.position();
      scanner.skip();
      throw new RecordProblem(
          ProblemCode.D104,
          "a record must be an object, not "
              + Shown.of(scanner.source(), from, scanner.position()));
    }
    if (wholeRest) {
      scanner.copy(rest.clear());
      ((BytesBuilder) columns[0]).add(rest.bytes().array(), 0, rest.bytes().length());
      return;
    }
    fields.decode(scanner, this::column);
  }

  private ColumnBuilder column(int index) {
    return columns[index];
  }
}
