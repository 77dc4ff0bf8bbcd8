package io.penstock.connectors.standard.json;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes what a format decodes to changes. */
final class ChangeRows implements Decoder.Rows {
  private final Schema schema;
  private final ColumnBuilder[] builders;
  private final int batchRows;
  private final LongsBuilder operations = new LongsBuilder();
  private final List<Batch> batches = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private int skipped;

  private ChangeRows(Schema schema, int batchRows) {
    this.schema = schema;
    this.batchRows = batchRows;
    this.builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  /** Decodes one block in batches that are full with so many rows. */
  static ChangeRows read(Format format, Schema schema, String text, int batchRows) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BlockLines lines = BlockLines.from(1, bytes, 0, bytes.length);
    Block block = new Block(bytes, 0, bytes.length, "s", 0, 0, lines, true, Map.of());
    ChangeRows rows = new ChangeRows(schema, batchRows);
    Decoder decoder = format.decoder(Format.Decoding.of(schema));
    int at = decoder.header(block);
    while (at < bytes.length) {
      at = decoder.decode(block, at, rows);
      rows.flush();
    }
    return rows;
  }

  private void flush() {
    int size = operations.size();
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    Batch rows = Batch.of(schema, size, columns, Provenance.none("test"));
    batches.add(rows.with(rows.marks().withOperations(Optional.of(operations.build()))));
  }

  List<Batch> batches() {
    return batches;
  }

  /** Each row with what it does. */
  List<String> rows() {
    List<String> all = new ArrayList<>();
    for (Batch batch : batches) {
      List<String> texts =
          Written.lines(new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.OMIT), batch);
      for (int row = 0; row < texts.size(); row++) {
        all.add(Change.of(batch, row) + " " + texts.get(row));
      }
    }
    return all;
  }

  /** Code and message of each record that is none. */
  List<String> bad() {
    return bad;
  }

  int skipped() {
    return skipped;
  }

  @Override
  public ColumnBuilder column(int index) {
    return builders[index];
  }

  @Override
  public void endRow(int offset, int line) {
    throw new AssertionError("each row says what it does");
  }

  @Override
  public void endChange(Change change, int offset, int line) {
    operations.add(change.ordinal());
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(operations.size());
    }
    bad.add(code + " line " + (line + 1) + ": " + message);
  }

  @Override
  public void skipped(int count) {
    skipped += count;
  }

  @Override
  public boolean full() {
    return operations.size() >= batchRows;
  }
}
