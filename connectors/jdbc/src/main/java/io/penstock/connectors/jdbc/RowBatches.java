package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes batches of the rows of an answer; a row that does not fit is told in its place. */
final class RowBatches {
  private static final long MOST_TEXT = 4 << 20;
  private static final int RAW = 1 << 20;

  private final String step;
  private final Split split;
  private final Schema schema;
  private final List<FieldValue> values;
  private final int keys;
  private final Optional<FieldValue> grows;
  private final ColumnBuilder[] builders;
  private boolean waits;

  /**
   * Of rows of a schema.
   *
   * @param values of each field
   * @param keys how many columns of the order stand behind them
   * @param grows the field whose value is the row's position; empty where that is its number
   */
  RowBatches(
      String step,
      Split split,
      Schema schema,
      List<FieldValue> values,
      int keys,
      OptionalInt grows) {
    this.step = step;
    this.split = split;
    this.schema = schema;
    this.values = List.copyOf(values);
    this.keys = keys;
    this.grows = grows.isPresent() ? Optional.of(values.get(grows.getAsInt())) : Optional.empty();
    this.builders = new ColumnBuilder[schema.fields().size()];
    Arrays.setAll(builders, i -> ColumnBuilder.of(schema.fields().get(i).type().type()));
  }

  /** The answer is another one. */
  void restart() {
    waits = false;
    cut(0);
  }

  /**
   * Hands on at most one batch, or one row that does not fit.
   *
   * @param most how many rows a batch may have
   * @return the place behind what was handed on; the same where the answer has ended
   */
  Place next(Cursor cursor, Place from, int most, Out out) throws SQLException {
    long[] positions = new long[most];
    int rows = 0;
    long text = 0;
    Place at = from;
    while (rows < most && text < MOST_TEXT && (waits || cursor.next())) {
      waits = false;
      try {
        take(cursor.rows());
      } catch (FieldValue.Unfit wrong) {
        cut(rows);
        if (rows > 0) {
          waits = true;
          break;
        }
        Place behind = behind(cursor.rows(), at);
        bad(cursor.rows(), position(at), wrong, out);
        return behind;
      }
      for (FieldValue value : values) {
        text += value.taken();
      }
      positions[rows++] = position(at);
      at = behind(cursor.rows(), at);
    }
    if (rows > 0) {
      hand(rows, positions, out);
    }
    return at;
  }

  private void take(ResultSet row) throws SQLException, FieldValue.Unfit {
    for (int i = 0; i < builders.length; i++) {
      values.get(i).take(row, builders[i]);
    }
  }

  private long position(Place before) {
    return grows.map(FieldValue::number).orElse(before.offset());
  }

  private Place behind(ResultSet row, Place before) throws SQLException {
    long offset = grows.isPresent() ? position(before) : before.offset() + 1;
    return before.behind(offset, row, values.size() + 1, keys);
  }

  private void cut(int rows) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(rows);
    }
  }

  private void hand(int rows, long[] positions, Out out) {
    Column[] columns = new Column[builders.length];
    Arrays.setAll(columns, i -> builders[i].build());
    Provenance provenance =
        new Provenance(step, split.id(), Arrays.copyOf(positions, rows), new int[0], Map.of());
    out.rows(Batch.of(schema, rows, columns, provenance));
  }

  private void bad(ResultSet row, long position, FieldValue.Unfit wrong, Out out)
      throws SQLException {
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < builders.length; i++) {
      String value = row.getString(i + 1);
      members.put(
          schema.fields().get(i).name(), value == null ? Json.ofNull() : Json.ofText(value));
    }
    byte[] raw = Json.object(members).toText().getBytes(StandardCharsets.UTF_8);
    byte[] first = raw.length > RAW ? Arrays.copyOf(raw, RAW) : raw;
    out.bad(split, position, 0, first, raw.length, ProblemCode.D104, text(wrong));
  }

  private static String text(FieldValue.Unfit wrong) {
    String text = wrong.getMessage();
    return text == null ? "a value does not fit its field" : text;
  }
}
