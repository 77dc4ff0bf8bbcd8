package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.source.MetaField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of {@code meta.*} that a pipeline uses, for the rows of a block. */
final class MetaColumns {
  private static final String LINE = "line";
  private static final String SOURCE = "source";

  private final String step;
  private final List<MetaField> fields;
  private final boolean lines;
  private final LongsBuilder lineNumbers = new LongsBuilder();

  MetaColumns(String step, List<MetaField> fields) {
    this.step = step;
    this.fields = List.copyOf(fields);
    this.lines = fields.stream().anyMatch(m -> m.name().equals(LINE));
  }

  /** Whether lines are asked for. */
  boolean lines() {
    return lines;
  }

  /** The line of the next row, if lines are asked for. */
  void line(long number) {
    if (lines) {
      lineNumbers.add(number);
    }
  }

  /** The columns of the rows whose lines were told. */
  Map<String, Column> of(Block block, int rows) {
    Map<String, Column> columns = new HashMap<>();
    for (MetaField field : fields) {
      columns.put(field.name(), column(field, block, rows));
    }
    return columns;
  }

  private Column column(MetaField field, Block block, int rows) {
    String given = block.meta().get(field.name());
    if (given == null && field.name().equals(LINE)) {
      return lineNumbers.build();
    }
    if (given == null && field.name().equals(SOURCE)) {
      return Columns.constant(step, rows);
    }
    if (given == null) {
      return Columns.nulls(field.type().type(), rows);
    }
    return ColumnBuilder.of(field.type().type()) instanceof LongsBuilder
        ? Columns.constant(Long.parseLong(given), rows)
        : Columns.constant(given, rows);
  }
}
