package io.penstock.connectors.standard.xml;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.connectors.standard.value.TooLong;

/** Decodes a row from each element at the path. Other elements around records are passed over. */
final class XmlDecoder implements Decoder {
  private static final int BOM = 3;

  private final RecordPath path;
  private final RecordScan scan;
  private final ElementReader reader = new ElementReader();
  private final FieldDecoder fields;
  private final int maxRecord;
  private final ColumnBuilder[] columns;

  XmlDecoder(RecordPath path, Format.Decoding decoding) {
    this.path = path;
    this.scan = new RecordScan(path);
    this.fields = FieldDecoder.of(decoding);
    this.maxRecord = decoding.maxRecord();
    this.columns = new ColumnBuilder[decoding.schema().columns()];
  }

  @Override
  public int header(Block first) {
    byte[] bytes = first.bytes();
    int from = first.from();
    boolean marked =
        first.to() - from >= BOM
            && (bytes[from] & 0xff) == 0xef
            && (bytes[from + 1] & 0xff) == 0xbb
            && (bytes[from + 2] & 0xff) == 0xbf;
    return marked ? from + BOM : from;
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    byte[] bytes = block.bytes();
    boolean begins = block.sequence() == 0 && from <= header(block);
    boolean rooted = !begins;
    int line = BlockLines.in(bytes, block.from(), from);
    int counted = from;
    scan.begin(bytes, from, block.to(), !begins);
    while (true) {
      RecordScan.Found found = scan.next();
      line += BlockLines.in(bytes, counted, scan.start());
      counted = scan.start();
      switch (found) {
        case RECORD -> {
          rooted = true;
          record(bytes, scan.start(), scan.end(), line, out);
          if (out.full()) {
            return scan.end();
          }
        }
        case DOCTYPE -> bad("a document type (`<!DOCTYPE`) is not allowed", line, out);
        case OTHER_ROOT -> {
          bad("the root must be `" + path.names().get(0) + "`, not " + shown(bytes), line, out);
          rooted = true;
        }
        case CUT_OFF -> {
          bad("the file ends within " + shown(bytes), line, out);
          return block.to();
        }
        case END -> {
          if (block.last()) {
            end(rooted || scan.depth() > 0, block.to(), line, out);
          }
          return block.to();
        }
      }
    }
  }

  private String shown(byte[] bytes) {
    return Shown.of(bytes, scan.start(), Math.min(scan.end(), scan.start() + 30));
  }

  private void bad(String message, int line, Rows out) {
    out.bad(scan.start(), scan.end(), line, ProblemCode.D101, message);
  }

  private void end(boolean rooted, int to, int line, Rows out) {
    if (!rooted) {
      out.bad(
          to, to, line, ProblemCode.D101, "the file has no element `" + path.names().get(0) + "`");
    } else if (scan.depth() > 0) {
      out.bad(
          to,
          to,
          line,
          ProblemCode.D101,
          "the file ends where "
              + (scan.depth() == 1 ? "an element is" : scan.depth() + " elements are")
              + " still open");
    }
  }

  private void record(byte[] bytes, int from, int to, int line, Rows out) {
    if (to - from > maxRecord) {
      out.bad(from, to, line, ProblemCode.D107, TooLong.message(maxRecord));
      return;
    }
    int unclean = ByteScan.unclean(bytes, from, to);
    if (unclean >= 0) {
      out.bad(from, to, line, ProblemCode.D102, ByteScan.complaint(bytes, unclean, from));
      return;
    }
    try {
      fields.decode(reader.read(bytes, from, to), i -> columns[i]);
      out.endRow(from, line);
    } catch (BadElement wrong) {
      out.bad(from, to, line, wrong.code(), wrong.text());
    }
  }
}
