package io.penstock.connectors.standard.text;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.TooLong;
import io.penstock.json.JsonBuilder;
import org.jspecify.annotations.Nullable;

/** Decodes each record into the field {@code line}, without the line's end. */
final class TextDecoder implements Decoder {
  private final Records records;
  private final Schema schema;
  private final int line;
  private final boolean open;
  private final boolean json;
  private final int maxRecord;
  private final ColumnBuilder[] columns;
  private final JsonBuilder rest = new JsonBuilder();
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;
  private boolean clean;

  TextDecoder(Records records, Format.Decoding decoding) {
    this.records = records;
    schema = decoding.schema();
    line = schema.indexOf(TextFormat.LINE);
    open = schema.open();
    json = line >= 0 && schema.column(line).type().equals(DataType.JSON);
    maxRecord = decoding.maxRecord();
    columns = new ColumnBuilder[schema.columns()];
  }

  @Override
  public int header(Block first) {
    byte[] bytes = first.bytes();
    int from = first.from();
    boolean marked =
        first.to() - from >= 3
            && bytes[from] == (byte) 0xef
            && bytes[from + 1] == (byte) 0xbb
            && bytes[from + 2] == (byte) 0xbf;
    return marked ? from + 3 : from;
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    byte[] bytes = block.bytes();
    int to = block.to();
    int at = from;
    int number = resume(block, from);
    while (at < to && !out.full()) {
      int end = recordEnd(bytes, at, to);
      int bare = LineEnds.bare(bytes, at, end);
      record(bytes, at, bare, number, out);
      number += BlockLines.in(bytes, at, end);
      at = end;
    }
    if (at >= to) {
      out.lines(number);
    }
    lastBlock = block;
    lastStop = at;
    lastLine = number;
    return at;
  }

  private int resume(Block block, int from) {
    if (block == lastBlock && from == lastStop) {
      return lastLine;
    }
    clean = ByteScan.unclean(block.bytes(), block.from(), block.to()) < 0;
    return BlockLines.in(block.bytes(), block.from(), from);
  }

  private int recordEnd(byte[] bytes, int from, int to) {
    int at = from;
    for (int lines = 0; at < to; lines++) {
      int end = LineEnds.next(bytes, at, to);
      int bare = LineEnds.bare(bytes, at, end);
      boolean begins =
          at > from && (lines == records.maxLines() || records.endsBefore(bytes, at, bare));
      if (begins) {
        return at;
      }
      if (records.endsWith(bytes, at, bare)) {
        return end;
      }
      at = end;
    }
    return at;
  }

  private void record(byte[] bytes, int from, int bare, int number, Rows out) {
    if (from == bare) {
      out.skipped(1);
      return;
    }
    if (bare - from > maxRecord) {
      out.bad(from, bare, number, ProblemCode.D107, TooLong.message(maxRecord));
      return;
    }
    int unclean = clean ? -1 : ByteScan.unclean(bytes, from, bare);
    if (unclean >= 0) {
      out.bad(from, bare, number, ProblemCode.D102, ByteScan.complaint(bytes, unclean, from));
      return;
    }
    for (int i = 0; i < schema.fields().size(); i++) {
      if (i != line) {
        columns[i].addNull();
      }
    }
    if (line >= 0 && !json) {
      ((BytesBuilder) columns[line]).add(bytes, from, bare - from);
    } else if (json) {
      rest.clear().addText(bytes, from, bare - from);
      add(columns[line]);
    }
    if (open) {
      openRecord(bytes, from, bare);
    }
    out.endRow(from, number);
  }

  private void openRecord(byte[] bytes, int from, int bare) {
    int begun = rest.clear().beginObject();
    if (line < 0) {
      rest.name(TextFormat.LINE).addText(bytes, from, bare - from);
    }
    rest.end(begun);
    add(columns[schema.rest()]);
  }

  private void add(ColumnBuilder column) {
    ((BytesBuilder) column).add(rest.bytes().array(), 0, rest.bytes().length());
  }
}
