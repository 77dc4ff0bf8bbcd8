package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.RowCodec;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Changes that wait to be handed on: rows as bytes, with what each does. Single-threaded. */
final class ChangeRows {
  private record Entry(byte[] row, Change change) {}

  private final Schema schema;
  private final String step;
  private final EntryBytes bytes = new EntryBytes();
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();

  ChangeRows(Schema schema, String step) {
    this.schema = schema;
    this.step = step;
  }

  /** The fields of a row as bytes: equal bytes are equal rows. */
  byte[] written(Batch rows, int row) {
    return written(rows.columns(), row);
  }

  /** The values of a row of columns as bytes. */
  byte[] written(Column[] columns, int row) {
    try {
      StateOutput to = bytes.begin();
      for (Column column : columns) {
        RowCodec.write(column, row, to);
      }
      return bytes.copied();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends the values of a row that was written. */
  static void read(byte[] row, ColumnBuilder[] to) {
    try (StateInput from = StateInput.of(row)) {
      for (ColumnBuilder builder : to) {
        RowCodec.read(builder, from);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of a row that was written, each as a column of its own. */
  static Column[] columns(List<DataType> types, byte[] row) {
    ColumnBuilder[] builders = builders(types);
    read(row, builders);
    return built(builders);
  }

  static ColumnBuilder[] builders(List<DataType> types) {
    return types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
  }

  static Column[] built(ColumnBuilder[] builders) {
    return Arrays.stream(builders).map(ColumnBuilder::build).toArray(Column[]::new);
  }

  void add(byte[] row, Change change) {
    waiting.add(new Entry(row, change));
  }

  /** One row takes the place of another, of which either may be missing. */
  void update(byte @Nullable [] before, byte @Nullable [] after) {
    if (before == null || after == null) {
      if (before != null) {
        add(before, Change.DELETE);
      }
      if (after != null) {
        add(after, Change.INSERT);
      }
    } else if (!Arrays.equals(before, after)) {
      add(before, Change.UPDATE_BEFORE);
      add(after, Change.UPDATE_AFTER);
    }
  }

  /** How many wait. */
  int size() {
    return waiting.size();
  }

  /**
   * The next ones, at most a batch, both halves of an update in one; empty where there are none.
   */
  Optional<Batch> next(IntFunction<RowMarks> marks) {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    ColumnBuilder[] builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
    LongsBuilder operations = new LongsBuilder();
    boolean inserts = true;
    int size = 0;
    while (!waiting.isEmpty() && size < Batch.MAX_ROWS) {
      if (waiting.peek().change() == Change.UPDATE_BEFORE && size == Batch.MAX_ROWS - 1) {
        break;
      }
      Entry entry = waiting.remove();
      read(entry.row(), builders);
      operations.add(entry.change().ordinal());
      inserts &= entry.change() == Change.INSERT;
      size++;
    }
    Column[] columns = built(builders);
    RowMarks own = marks.apply(size);
    RowMarks all = inserts ? own : own.withOperations(Optional.of(operations.build()));
    return Optional.of(new Batch(schema, size, columns, Provenance.none(step), all));
  }
}
