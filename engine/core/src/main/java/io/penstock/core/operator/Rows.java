package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Batches put together. */
final class Rows {
  private Rows() {}

  /** No rows. */
  static Batch none(Schema schema, String step) {
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnBuilder.of(schema.column(i).type()).build();
    }
    return new Batch(schema, 0, columns, Provenance.none(step), RowMarks.NONE);
  }

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
    return new Batch(schema, size, columns, provenance(batches, size), marks(batches));
  }

  /** What marks the rows of several batches; what not all of them have is left out. */
  static RowMarks marks(List<Batch> batches) {
    List<RowMarks> all = batches.stream().map(Batch::marks).toList();
    Optional<RowMarks.Windows> windows = Optional.empty();
    if (all.stream().allMatch(marks -> marks.windows().isPresent())) {
      List<RowMarks.Windows> each = all.stream().map(m -> m.windows().orElseThrow()).toList();
      windows =
          Optional.of(
              new RowMarks.Windows(
                  joined(each.stream().map(RowMarks.Windows::starts).toList()),
                  joined(each.stream().map(RowMarks.Windows::ends).toList())));
    }
    return new RowMarks(
        joined(all, RowMarks::times), joined(all, RowMarks::stamps), windows, operations(batches));
  }

  private static Optional<Column.Longs> joined(
      List<RowMarks> all, Function<RowMarks, Optional<Column.Longs>> mark) {
    return all.stream().allMatch(marks -> mark.apply(marks).isPresent())
        ? Optional.of(joined(all.stream().map(marks -> mark.apply(marks).orElseThrow()).toList()))
        : Optional.empty();
  }

  /** Rows of a batch without operations are inserts. */
  private static Optional<Column.Longs> operations(List<Batch> batches) {
    if (batches.stream().allMatch(batch -> batch.marks().operations().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        joined(
            batches.stream()
                .map(
                    b ->
                        b.marks()
                            .operations()
                            .orElseGet(() -> new Column.Longs(b.size(), new long[b.size()], null)))
                .toList()));
  }

  private static Column.Longs joined(List<Column.Longs> parts) {
    return (Column.Longs) Columns.concat(List.<Column>copyOf(parts));
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
