package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches put together. */
final class Rows {
  private Rows() {}

  /** The rows one after the other, of one schema and one split; at least one batch. */
  static Batch concat(Schema schema, List<Batch> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      columns[i] = Columns.concat(batches.stream().map(b -> b.column(column)).toList());
    }
    int size = batches.stream().mapToInt(Batch::size).sum();
    Optional<Column.Longs> times =
        batches.get(0).times().isEmpty()
            ? Optional.empty()
            : Optional.of(
                (Column.Longs)
                    Columns.concat(
                        batches.stream().map(b -> (Column) b.times().orElseThrow()).toList()));
    return new Batch(schema, size, columns, provenance(batches, size), times);
  }

  private static Provenance provenance(List<Batch> batches, int size) {
    Provenance first = batches.get(0).provenance();
    boolean placed = batches.stream().anyMatch(b -> b.provenance().positions().length > 0);
    boolean numbered = batches.stream().anyMatch(b -> b.provenance().index().length > 0);
    long[] positions = new long[placed ? size : 0];
    int[] index = new int[numbered ? size : 0];
    int at = 0;
    for (Batch batch : batches) {
      for (int i = 0; i < batch.size(); i++, at++) {
        if (placed) {
          positions[at] = batch.provenance().position(i);
        }
        if (numbered) {
          index[at] = batch.provenance().index(i);
        }
      }
    }
    Map<String, Column> meta = new LinkedHashMap<>();
    for (String name : first.meta().keySet()) {
      List<Column> parts = new ArrayList<>();
      for (Batch batch : batches) {
        Column part = batch.provenance().meta().get(name);
        if (part != null) {
          parts.add(part);
        }
      }
      meta.put(name, Columns.concat(parts));
    }
    return new Provenance(first.source(), first.split(), positions, index, meta);
  }

  /** The rows from one index to another. */
  static Batch range(Batch rows, int from, int to) {
    if (from == 0 && to == rows.size()) {
      return rows;
    }
    int[] indexes = new int[to - from];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = from + i;
    }
    return rows.gather(indexes, indexes.length);
  }
}
