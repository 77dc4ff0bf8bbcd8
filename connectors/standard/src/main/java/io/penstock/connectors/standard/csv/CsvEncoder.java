package io.penstock.connectors.standard.csv;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.json.NestedText;
import io.penstock.connectors.standard.value.CellText;
import io.penstock.connectors.standard.value.Pending;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes rows as CSV, with LF at the end of each. */
final class CsvEncoder implements Encoder {
  private final CsvDialect dialect;
  private final Schema schema;
  private final CellQuotes quotes;
  private final NestedText[] nested;
  private final OpenMembers members;
  private final byte[] nullText;
  private ByteBuilder bytes = new ByteBuilder(Pending.FIRST);
  private boolean headerWritten;
  private String complaint = "";

  CsvEncoder(CsvDialect dialect, Schema schema) {
    this.dialect = dialect;
    this.schema = schema;
    this.quotes = new CellQuotes(dialect);
    this.members = new OpenMembers(quotes, dialect.delimiter());
    this.nullText = dialect.nullText().orElse("").getBytes(StandardCharsets.UTF_8);
    this.nested = new NestedText[schema.fields().size()];
    for (int i = 0; i < nested.length; i++) {
      nested[i] = new NestedText(schema.fields().get(i).type().type());
    }
  }

  @Override
  public void open(ByteSink to) throws IOException {
    headerWritten = false;
    members.clear();
    if (!schema.open()) {
      header(new ArrayList<>(schema.names()));
      Pending.flush(bytes, to);
    }
  }

  private void header(List<String> names) {
    headerWritten = true;
    if (dialect.header() == Header.FALSE) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        bytes.append(dialect.delimiter());
      }
      int begun = bytes.length();
      bytes.append(names.get(i));
      quotes.close(bytes, begun, false);
    }
    bytes.append('\n');
  }

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      if (!headerWritten) {
        openHeader(batch, row);
      }
      int begun = bytes.length();
      if (!line(batch, row, begun)) {
        bytes.truncate(begun);
        rejects.add(new Rejects.Reject(row, ProblemCode.D301, complaint));
      }
      Pending.flushMany(bytes, to);
    }
    Pending.flush(bytes, to);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  // Records without a schema: the first one names the members.
  private void openHeader(Batch batch, int row) {
    members.learn((Column.Bytes) batch.column(schema.rest()), row);
    List<String> names = new ArrayList<>(schema.names());
    names.addAll(members.names());
    header(names);
  }

  private boolean line(Batch batch, int row, int begun) {
    for (int i = 0; i < nested.length; i++) {
      if (i > 0) {
        bytes.append(dialect.delimiter());
      }
      if (!cell(batch.column(i), i, row)) {
        complaint =
            "`" + schema.fields().get(i).name() + "` is NaN or infinite, which CSV cannot hold";
        return false;
      }
    }
    if (schema.open()) {
      Column.Bytes rest = (Column.Bytes) batch.column(schema.rest());
      if (!members.write(rest, row, nested.length == 0, bytes)) {
        complaint = members.complaint();
        return false;
      }
    }
    if (bytes.length() == begun) {
      // A line with nothing on it would be passed over.
      quotes.empty(bytes);
    }
    bytes.append('\n');
    return true;
  }

  private boolean cell(Column column, int field, int row) {
    if (column.isNull(row)) {
      bytes.append(nullText);
      return true;
    }
    ValueType type = schema.fields().get(field).type();
    int begun = bytes.length();
    if (!(type.type() instanceof DataType.Simple simple)) {
      if (type.type() instanceof DataType.Decimal) {
        return CellText.append(column, type.type(), row, bytes);
      }
      boolean held = nested[field].append(column, row, bytes);
      quotes.close(bytes, begun, type.optional());
      return held;
    }
    return switch (simple.kind()) {
      case BOOLEAN, INT, DOUBLE, TIMESTAMP, DATE, DURATION ->
          CellText.append(column, simple, row, bytes);
      case BYTES, STRING -> {
        if (simple.kind() == DataType.Simple.Kind.STRING) {
          quotes.safe(bytes, (Column.Bytes) column, row);
        }
        CellText.append(column, simple, row, bytes);
        quotes.close(bytes, begun, type.optional());
        yield true;
      }
      case JSON -> {
        Column.Bytes values = (Column.Bytes) column;
        members.value(values.bytes(), values.from(row), bytes);
        yield true;
      }
    };
  }

  @Override
  public void rest() {
    bytes = new ByteBuilder(Pending.FIRST);
  }

  @Override
  public void close(ByteSink to) throws IOException {
    Pending.flush(bytes, to);
  }
}
