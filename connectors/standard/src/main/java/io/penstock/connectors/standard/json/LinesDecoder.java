package io.penstock.connectors.standard.json;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.TooLong;
import io.penstock.json.JsonProblem;
import io.penstock.json.JsonScanner;
import org.jspecify.annotations.Nullable;

/** Decodes a record from each line. */
final class LinesDecoder implements Decoder {
  private final RecordDecoder records;
  private final JsonScanner scanner = new JsonScanner();
  private final int maxRecord;

  // Where the last call stopped, so that the next one knows its line.
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;

  LinesDecoder(Format.Decoding decoding) {
    records = new RecordDecoder(decoding, false);
    maxRecord = decoding.maxRecord();
  }

  @Override
  public int header(Block first) {
    return Bom.behind(first);
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    records.into(out);
    byte[] bytes = block.bytes();
    int to = block.to();
    int line =
        block == lastBlock && from == lastStop
            ? lastLine
            : BlockLines.in(bytes, block.from(), from);
    int at = from;
    while (at < to && !out.full()) {
      int end = ByteScan.indexOf(bytes, at, to, (byte) '\n');
      record(bytes, at, end, line, out);
      at = Math.min(end + 1, to);
      line++;
    }
    if (at >= to) {
      out.lines(line);
    }
    lastBlock = block;
    lastStop = at;
    lastLine = line;
    return at;
  }

  private void record(byte[] bytes, int from, int end, int line, Rows out) {
    try {
      scanner.reset(bytes, from, end);
      if (scanner.atEnd()) {
        out.skipped(1);
        return;
      }
      if (end - from > maxRecord) {
        out.bad(from, end, line, ProblemCode.D107, TooLong.message(maxRecord));
        return;
      }
      records.decode(scanner);
      scanner.end();
      out.endRow(from, line);
    } catch (JsonProblem problem) {
      RecordProblem wrong = RecordProblem.of(problem);
      out.bad(from, end, line, wrong.code(), wrong.text());
    } catch (RecordProblem wrong) {
      malformed(bytes, from, end, line, wrong, out);
    }
  }

  // What is no JSON at all is said first, because a projection must not change the complaint.
  private void malformed(byte[] bytes, int from, int end, int line, RecordProblem wrong, Rows out) {
    try {
      scanner.reset(bytes, from, end);
      scanner.skip();
      scanner.end();
      out.bad(from, end, line, wrong.code(), wrong.text());
    } catch (JsonProblem problem) {
      RecordProblem first = RecordProblem.of(problem);
      out.bad(from, end, line, first.code(), first.text());
    }
  }
}
