package io.penstock.api.sink;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.option.Template;
import java.util.List;
import java.util.Map;

/**
 * Rows for a sink, with the values of its templates' expressions.
 *
 * @param rows the rows
 * @param computed for each template with expressions a column of strings for each of {@link
 *     Template#expressions()}; a value is null only where {@link SinkConfig#isRaw} allows it
 */
public record SinkRows(Batch rows, Map<Template, List<Column.Bytes>> computed) {
  public SinkRows {
    computed = Map.copyOf(computed);
  }

  /** Rows for a sink without templates. */
  public static SinkRows of(Batch rows) {
    return new SinkRows(rows, Map.of());
  }
}
