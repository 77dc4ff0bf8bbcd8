package io.penstock.connectors.standard.json;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.TooLong;
import io.penstock.json.JsonProblem;
import io.penstock.json.JsonScanner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes a record from each line. */
final class LinesDecoder implements Decoder {
  private static final int LEAST_TRIED = 64;

  private final LineRecord records;
  private final JsonScanner scanner = new JsonScanner();
  private final int maxRecord;
  private final int longest;
  private final Optional<ShapedDecoder> shaped;
  private ColumnBuilder[] columns = new ColumnBuilder[0];

  // Lines of the block that were tried in the shaped way, and those of them that were not taken.
  private int tried;
  private int surprises;

  // Where the last call stopped, so that the next one knows its line.
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;

  LinesDecoder(Format.Decoding decoding) {
    this(decoding, ShapedDecoder.takes(decoding));
  }

  /**
   * @param fast whether records are tried in the shaped way before the ordinary one
   */
  LinesDecoder(Format.Decoding decoding, boolean fast) {
    this(decoding, new RecordDecoder(decoding, false), fast);
  }

  /** Records are made by this, and not tried otherwise. */
  LinesDecoder(Format.Decoding decoding, LineRecord records) {
    this.records = records;
    maxRecord = decoding.maxRecord();
    longest = Math.min(maxRecord, JsonScanner.MAX_TEXT);
    shaped = Optional.empty();
  }

  private LinesDecoder(Format.Decoding decoding, RecordDecoder rows, boolean fast) {
    records = rows;
    maxRecord = decoding.maxRecord();
    longest = Math.min(maxRecord, JsonScanner.MAX_TEXT);
    shaped = fast ? Optional.of(ShapedDecoder.of(decoding, rows.decoders())) : Optional.empty();
  }

  @Override
  public int header(Block first) {
    return Bom.behind(first);
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    columns = records.into(out);
    shaped.ifPresent(s -> s.into(columns));
    byte[] bytes = block.bytes();
    int to = block.to();
    int line =
        block == lastBlock && from == lastStop
            ? lastLine
            : BlockLines.in(bytes, block.from(), from);
    if (block != lastBlock) {
      tried = 0;
      surprises = 0;
    }
    int at = from;
    while (at < to && !out.full()) {
      int end = shaped(bytes, at, to);
      if (end == ShapedDecoder.SURPRISE) {
        end = ByteScan.indexOf(bytes, at, to, (byte) '\n');
        record(bytes, at, end, line, out);
      } else {
        out.endRow(at, line);
      }
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

  /** Takes a record in the shaped way, as long as that mostly succeeds. */
  private int shaped(byte[] bytes, int at, int to) {
    boolean worth = tried < LEAST_TRIED || surprises < tried / 4;
    if (shaped.isEmpty() || !worth) {
      return ShapedDecoder.SURPRISE;
    }
    int rows = columns[0].size();
    int end = shaped.get().record(bytes, at, to);
    tried++;
    if (end != ShapedDecoder.SURPRISE && end - at <= longest) {
      return end;
    }
    surprises++;
    for (ColumnBuilder column : columns) {
      column.truncate(rows);
    }
    return ShapedDecoder.SURPRISE;
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
      records.take(scanner, from, end, line, out);
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
