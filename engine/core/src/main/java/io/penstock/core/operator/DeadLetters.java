package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.system.Clock;
import io.penstock.core.expression.RowError;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Makes the rows of the dead letter sink: one for each row that failed, the same for all steps. */
public final class DeadLetters {
  /** The version of the record's shape. */
  public static final int VERSION = 1;

  /** The shape of a dead letter. */
  public static final Schema SCHEMA =
      Schema.of(
          Field.of("version", DataType.INT),
          Field.of("pipeline", DataType.STRING),
          Field.of("step", DataType.STRING),
          Field.of("stage", DataType.STRING),
          Field.of("code", DataType.STRING),
          Field.of("message", DataType.STRING),
          Field.of("at", DataType.STRING),
          Field.of(
              "source",
              new DataType.RecordOf(
                  Schema.of(
                      Field.of("step", DataType.STRING),
                      Field.optional("position", DataType.STRING)))),
          Field.optional("event_time", DataType.TIMESTAMP),
          Field.of("failed_at", DataType.TIMESTAMP),
          Field.of("epoch", DataType.INT),
          Field.of("attempt", DataType.INT),
          Field.optional("row", DataType.JSON),
          Field.optional("raw", DataType.STRING),
          Field.optional("raw_encoding", DataType.STRING),
          Field.optional("raw_bytes", DataType.INT),
          Field.of("truncated", DataType.BOOLEAN),
          Field.of("values", new DataType.MapOf(ValueType.required(DataType.STRING))));

  private final String pipeline;
  private final Clock clock;
  private final LongSupplier epoch;
  // Most tasks have no letters, so nothing is held until there is one.
  private ColumnBuilder[] builders = {};
  private int size;

  /**
   * Letters of one task.
   *
   * @param epoch the epoch that rows belong to now
   */
  public DeadLetters(String pipeline, Clock clock, LongSupplier epoch) {
    this.pipeline = pipeline;
    this.clock = clock;
    this.epoch = epoch;
  }

  /** Adds a failure of a row of this batch. */
  void add(String step, String stage, Batch rows, Failure failure) {
    begin();
    RowError error = failure.error();
    int row = failure.row();
    Provenance from = rows.provenance();
    number(0, VERSION);
    text(1, pipeline);
    text(2, step);
    text(3, stage);
    text(4, error.code().name());
    text(5, error.message());
    text(6, error.at().toString());
    RecordsBuilder source = (RecordsBuilder) builders[7];
    ((BytesBuilder) source.field(0)).add(from.source());
    long position = row < 0 ? -1 : from.position(row);
    if (position < 0) {
      source.field(1).addNull();
    } else {
      ((BytesBuilder) source.field(1)).add(shown(from.split(), position));
    }
    source.end();
    if (row >= 0 && rows.times().isPresent() && !rows.times().get().isNull(row)) {
      number(8, rows.times().get().values()[row]);
    } else {
      builders[8].addNull();
    }
    number(9, clock.micros());
    number(10, epoch.getAsLong());
    number(11, 1);
    record(rows, failure);
    MapsBuilder values = (MapsBuilder) builders[17];
    new TreeMap<>(error.values())
        .forEach(
            (name, value) -> {
              values.keys().add(name);
              ((BytesBuilder) values.values()).add(value);
            });
    values.end();
    size++;
  }

  private void begin() {
    if (builders.length > 0) {
      return;
    }
    builders = new ColumnBuilder[SCHEMA.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(SCHEMA.column(i).type());
    }
  }

  private static String shown(String split, long position) {
    return split.isEmpty() ? Long.toString(position) : split + "@" + position;
  }

  private void record(Batch rows, Failure failure) {
    if (failure.raw().isPresent()) {
      Failure.Raw raw = failure.raw().get();
      builders[12].addNull();
      text(13, raw.text());
      text(14, raw.encoding());
      number(15, raw.all());
      ((BooleansBuilder) builders[16]).add(raw.truncated());
      return;
    }
    byte[] json = RowJson.of(rows, failure.row()).binary();
    ((BytesBuilder) builders[12]).add(json);
    builders[13].addNull();
    builders[14].addNull();
    builders[15].addNull();
    ((BooleansBuilder) builders[16]).add(false);
  }

  private void text(int field, String value) {
    ((BytesBuilder) builders[field]).add(value);
  }

  private void number(int field, long value) {
    ((LongsBuilder) builders[field]).add(value);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The letters since the last call. */
  Batch take() {
    begin();
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    int count = size;
    size = 0;
    return Batch.of(SCHEMA, count, columns, Provenance.none("dead_letter"));
  }
}
