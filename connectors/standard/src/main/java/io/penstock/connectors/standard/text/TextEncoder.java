package io.penstock.connectors.standard.text;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.value.Pending;
import io.penstock.json.ByteBuilder;
import java.io.IOException;

/** Writes the field {@code line}, or the only field where it is a text, as a line for each row. */
final class TextEncoder implements Encoder {
  private final int column;
  private ByteBuilder bytes = new ByteBuilder(Pending.FIRST);

  TextEncoder(Schema rows) {
    int line = rows.indexOf(TextFormat.LINE);
    column = line < 0 && rows.fields().size() == 1 ? 0 : line;
    boolean text = column >= 0 && rows.fields().get(column).type().type().equals(DataType.STRING);
    if (!text) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.R306,
              Origin.file("text"),
              "text is written from a field `line` of type string, and the rows are " + rows,
              "say what a line is: `format: { text: { line: \"{first} {second}\" } }`"));
    }
  }

  @Override
  public void open(ByteSink to) {}

  @Override
  public Rejects write(Batch rows, ByteSink to) throws IOException {
    Column.Bytes lines = (Column.Bytes) rows.column(column);
    for (int row = 0; row < rows.size(); row++) {
      int from = lines.from(row);
      bytes.append(lines.bytes(), from, lines.to(row) - from);
      bytes.append('\n');
      Pending.flushMany(bytes, to);
    }
    Pending.flush(bytes, to);
    return Rejects.NONE;
  }

  @Override
  public void rest() {
    bytes = new ByteBuilder(Pending.FIRST);
  }

  @Override
  public void close(ByteSink to) {}
}
