package io.penstock.core.replay;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RowMarks;
import io.penstock.api.data.Schema;
import io.penstock.api.source.Out;
import io.penstock.api.source.Reader;
import io.penstock.api.source.SourceTraits;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The rows for which a step has failed, as they came in.
 *
 * @param sink whether the step is a sink, which has a name space of its own
 */
record RowEntry(String step, boolean sink, Schema schema) implements LetterSource.Entry {
  @Override
  public SourceTraits.Kind kind() {
    return SourceTraits.Kind.ROWS;
  }

  @Override
  public LetterSource.Feed feed(LetterFile.Lines lines) {
    return new Rows(lines);
  }

  private final class Rows implements LetterSource.Feed {
    private final LetterFile.Lines lines;
    private Optional<Letter> waiting = Optional.empty();

    Rows(LetterFile.Lines lines) {
      this.lines = lines;
    }

    @Override
    public boolean next(Out out, Reader.Limits limits) throws IOException {
      Optional<Letter> first = take();
      if (first.isEmpty()) {
        return false;
      }
      ColumnBuilder[] builders = new ColumnBuilder[schema.columns()];
      for (int i = 0; i < builders.length; i++) {
        builders[i] = ColumnBuilder.of(schema.column(i).type());
      }
      LongsBuilder positions = new LongsBuilder();
      LongsBuilder times = new LongsBuilder();
      int size = 0;
      Optional<Letter> letter = first;
      while (letter.isPresent() && size < limits.rows() && goTogether(first.get(), letter.get())) {
        append(letter.get(), builders);
        positions.add(letter.get().position());
        letter.get().eventTime().ifPresent(times::add);
        size++;
        letter = take();
      }
      waiting = letter;
      out.rows(batch(first.get(), size, builders, positions, times));
      return true;
    }

    private void append(Letter letter, ColumnBuilder[] builders) {
      try {
        RowReading.append(RowReading.of(letter.row().orElseThrow(), schema), schema, builders);
      } catch (UnfitLetterException e) {
        throw new IllegalStateException("a letter that was fit is not", e);
      }
    }

    private Batch batch(
        Letter first,
        int size,
        ColumnBuilder[] builders,
        LongsBuilder positions,
        LongsBuilder times) {
      Column[] columns = new Column[builders.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = builders[i].build();
      }
      long[] places = first.position() < 0 ? new long[0] : positions.build().values();
      Provenance from = new Provenance(first.source(), first.split(), places, new int[0], Map.of());
      Optional<Column.Longs> stamps =
          first.eventTime().isPresent() ? Optional.of(times.build()) : Optional.empty();
      return new Batch(schema, size, columns, from, RowMarks.of(stamps));
    }

    private static boolean goTogether(Letter a, Letter b) {
      return a.source().equals(b.source())
          && a.split().equals(b.split())
          && a.position() < 0 == b.position() < 0
          && a.eventTime().isPresent() == b.eventTime().isPresent();
    }

    private Optional<Letter> take() throws IOException {
      if (waiting.isPresent()) {
        Optional<Letter> taken = waiting;
        waiting = Optional.empty();
        return taken;
      }
      for (Optional<LetterFile.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<Letter> letter = Entries.letter(line.get());
        if (letter.isPresent() && Entries.isRow(letter.get(), step, sink)) {
          return letter;
        }
      }
      return Optional.empty();
    }
  }
}
