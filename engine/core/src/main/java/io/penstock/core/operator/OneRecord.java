package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.problem.ProblemCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes exactly one record for each row; nulls where there is none. Single-threaded. */
final class OneRecord implements Decoder.Rows {
  private final ColumnBuilder[] builders;
  private int rows;
  private int found;
  private ProblemCode code = ProblemCode.D101;
  private @Nullable String complaint;

  OneRecord(Schema schema) {
    builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  void begin() {
    found = 0;
    complaint = null;
    code = ProblemCode.D101;
  }

  /** Decodes what belongs to the row. */
  void decode(Decoder decoder, byte[] bytes, int from, int to) {
    BlockLines lines = BlockLines.from(1, bytes, from, to);
    Block block = new Block(bytes, from, to, "", 0, 0, lines, true, Map.of());
    int at = from;
    do {
      at = decoder.decode(block, at, this);
    } while (at < to && complaint == null);
  }

  /** The code of what is wrong. */
  ProblemCode code() {
    return code;
  }

  /** Ends the row; what is wrong with it, or null. */
  @Nullable String end() {
    if (complaint == null && found != 1) {
      complaint = found == 0 ? "there is no record in the text" : "there is more than one record";
    }
    if (complaint != null) {
      for (ColumnBuilder builder : builders) {
        builder.truncate(rows);
        builder.addNull();
      }
    }
    rows++;
    return complaint;
  }

  /** Forgets what was appended since the last row. */
  void drop() {
    for (ColumnBuilder builder : builders) {
      builder.truncate(rows);
    }
    begin();
  }

  Column[] build() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    return columns;
  }

  @Override
  public ColumnBuilder column(int index) {
    return builders[index];
  }

  @Override
  public void endRow(int offset, int line) {
    found++;
    if (found > 1) {
      for (ColumnBuilder builder : builders) {
        builder.truncate(rows + 1);
      }
    }
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode why, String message) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(rows + Math.min(1, found));
    }
    if (complaint == null) {
      complaint = message;
      code = why;
    }
  }

  @Override
  public void skipped(int count) {}

  @Override
  public boolean full() {
    return false;
  }
}
