package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.testkit.RowsSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A table with one row of key 0 that says the how manieth reading it is of, from 1. */
final class ChangingTable implements SourceConfig {
  static final String NAME = "versions";
  static final Schema SCHEMA =
      Schema.of(Field.of("id", DataType.INT), Field.of("version", DataType.INT));

  private final Opening opening;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** What happens as it is opened for a reading. */
  @FunctionalInterface
  interface Opening {
    /** The keys of its rows. */
    long[] keys(int reading) throws IOException;
  }

  ChangingTable(Opening opening) {
    this.opening = opening;
  }

  /** One that can always be read. */
  static ChangingTable sound() {
    return new ChangingTable(reading -> new long[] {0});
  }

  /** How often it was opened. */
  int opened() {
    return opened.get();
  }

  /** How often it was closed. */
  int closed() {
    return closed.get();
  }

  /** The table that is read of it, as often as that is to be. */
  Table table(Optional<Table.Refresh> refresh) {
    Operation.Read read =
        new Operation.Read(
            this, Optional.empty(), Format.Decoding.of(SCHEMA), List.of(), Optional.empty());
    return new Table(
        NAME, Pipelines.AT, Optional.of(read), Optional.empty(), SCHEMA, List.of("id"), refresh);
  }

  /** Looks the version up for each row. */
  static Operation lookup(Pipelines pipeline, String from, String as) {
    return new Operation.Lookup(
        NAME,
        List.of(pipeline.expression("0", pipeline.schema(from))),
        List.of(new Operation.Lookup.Taken(as, "version")),
        Operation.Lookup.Missing.KEEP);
  }

  /** Looks the version up by several tasks, and again below a step that gathers their rows. */
  static Pipelines twice(Pipelines made, String from) {
    Schema above = with(made.schema(from), "above");
    Schema below = with(above, "below");
    return made.step("above", lookup(made, from, "above"), above, OnError.FAIL, from)
        .step(
            "gathered",
            new Operation.Distinct(List.of(made.expression("[n, above]", above))),
            above,
            OnError.FAIL,
            "above")
        .step("below", lookup(made, "gathered", "below"), below, OnError.FAIL, "gathered");
  }

  /** A schema with the version in one more field. */
  static Schema with(Schema schema, String field) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(Field.optional(field, DataType.INT));
    return Schema.of(fields);
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true, false, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(SCHEMA);
  }

  @Override
  public Source source() {
    return new Opened();
  }

  private static Batch rows(int reading, long[] keys) {
    long[] versions = new long[keys.length];
    java.util.Arrays.fill(versions, reading);
    Column[] columns = {
      new Column.Longs(keys.length, keys, null), new Column.Longs(keys.length, versions, null)
    };
    return Batch.of(SCHEMA, keys.length, columns, Provenance.none(NAME));
  }

  /** One reading. */
  private final class Opened implements Source {
    private Source rows = new RowsSource(SCHEMA, List.of(), false).source();

    @Override
    public void open(SourceContext run) throws IOException {
      int reading = opened.incrementAndGet();
      rows = new RowsSource(SCHEMA, List.of(rows(reading, opening.keys(reading))), false).source();
    }

    @Override
    public Discovery discover(List<SplitState> known) throws IOException {
      return rows.discover(known);
    }

    @Override
    public Position start(Split split) throws IOException {
      return rows.start(split);
    }

    @Override
    public Bound end(Split split) throws IOException {
      return rows.end(split);
    }

    @Override
    public Reader reader(ReaderContext run) throws IOException {
      return rows.reader(run);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
