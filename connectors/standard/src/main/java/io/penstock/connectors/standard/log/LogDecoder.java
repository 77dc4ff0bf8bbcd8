package io.penstock.connectors.standard.log;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.TooLong;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes a row from each line, or from all bytes. */
final class LogDecoder implements Decoder {
  /** The constant of a block that says when its records came in, in micros since 1970. */
  static final String READ_AT = SyslogConfig.READ_AT;

  private final LogText text;
  private final Layout layout;
  private final FieldReader fields;
  private final int maxRecord;
  private final ColumnBuilder[] columns;

  // Where the last call stopped, so that the next one knows its line.
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;

  LogDecoder(LogText text, Layout layout, Format.Decoding decoding) {
    this.text = text;
    this.layout = layout;
    this.fields = FieldReader.of(new PartReaders(decoding, text.isJsonInTexts()));
    this.maxRecord = decoding.maxRecord();
    this.columns = new ColumnBuilder[decoding.schema().columns()];
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
    Optional<Long> readAt = Optional.ofNullable(block.meta().get(READ_AT)).map(Long::valueOf);
    byte[] bytes = block.bytes();
    int to = block.to();
    if (layout == Layout.SINGLE) {
      record(bytes, from, to, 0, readAt, out);
      return to;
    }
    int line =
        block == lastBlock && from == lastStop
            ? lastLine
            : BlockLines.in(bytes, block.from(), from);
    int at = from;
    while (at < to && !out.full()) {
      int end = ByteScan.indexOf(bytes, at, to, (byte) '\n');
      record(bytes, at, end, line, readAt, out);
      // The last line may end without a line feed.
      line += end < to ? 1 : 0;
      at = Math.min(end + 1, to);
    }
    if (at >= to) {
      out.lines(line);
    }
    lastBlock = block;
    lastStop = at;
    lastLine = line;
    return at;
  }

  private void record(byte[] bytes, int from, int end, int line, Optional<Long> readAt, Rows out) {
    int to = bare(bytes, from, end);
    if (isBlank(bytes, from, to)) {
      if (end > from || layout == Layout.LINES) {
        out.skipped(1);
      }
      return;
    }
    if (to - from > maxRecord) {
      out.bad(from, end, line, ProblemCode.D107, TooLong.message(maxRecord));
      return;
    }
    int unclean = ByteScan.unclean(bytes, from, to);
    if (unclean >= 0) {
      out.bad(from, end, line, ProblemCode.D102, ByteScan.complaint(bytes, unclean, from));
      return;
    }
    try {
      fields.read(
          text.read(new String(bytes, from, to - from, StandardCharsets.UTF_8), readAt),
          i -> columns[i]);
      out.endRow(from, line);
    } catch (BadRecord wrong) {
      out.bad(from, end, line, wrong.code(), wrong.text());
    }
  }

  /** Where the record ends without the line feed that some write behind it. */
  private static int bare(byte[] bytes, int from, int end) {
    int to = end;
    if (to > from && bytes[to - 1] == '\n') {
      to--;
    }
    return to > from && bytes[to - 1] == '\r' ? to - 1 : to;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at == to;
  }
}
