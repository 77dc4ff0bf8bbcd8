package io.penstock.core.replay;

import io.penstock.api.data.Batch;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.LongsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Template;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import io.penstock.core.operator.DeadLetters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The sink of dead letters where letters that fail again go: each says which attempt it was, and
 * names the step of the pipeline's file.
 *
 * @param attempts how often a record was tried before, by {@link #key}; 1 where it is not here
 */
record AgainSink(SinkConfig letters, Map<String, Long> attempts) implements SinkConfig {
  /** What a step made for a replay has behind the name of the step it stands for. */
  static final String SUFFIX = ".replayed";

  private static final int STEP = DeadLetters.SCHEMA.indexOf("step");
  private static final int SOURCE = DeadLetters.SCHEMA.indexOf("source");
  private static final int ATTEMPT = DeadLetters.SCHEMA.indexOf("attempt");

  AgainSink {
    attempts = Map.copyOf(attempts);
  }

  /** Of a record: the source and the place. */
  static String key(String source, String position) {
    return source + " " + position;
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return letters.traits(use);
  }

  @Override
  public Sink sink() {
    return new Letters(letters.sink());
  }

  @Override
  public Optional<FormatConfig> format() {
    return letters.format();
  }

  @Override
  public String formatName() {
    return letters.formatName();
  }

  @Override
  public Optional<String> destination() {
    return letters.destination();
  }

  @Override
  public boolean needsFormat() {
    return letters.needsFormat();
  }

  @Override
  public List<Template> templates() {
    return letters.templates();
  }

  @Override
  public List<String> paths() {
    return letters.paths();
  }

  private SinkRows marked(SinkRows rows) {
    Batch batch = rows.rows();
    Schema schema = batch.schema();
    Column[] columns = batch.columns().clone();
    BytesBuilder steps = new BytesBuilder();
    LongsBuilder tried = new LongsBuilder();
    RecordsBuilder sources = (RecordsBuilder) ColumnBuilder.of(schema.column(SOURCE).type());
    Column.Records from = (Column.Records) columns[SOURCE];
    for (int row = 0; row < batch.size(); row++) {
      steps.add(without(((Column.Bytes) columns[STEP]).text(row)));
      String source = without(((Column.Bytes) from.fields()[0]).text(row));
      Column.Bytes positions = (Column.Bytes) from.fields()[1];
      ((BytesBuilder) sources.field(0)).add(source);
      String position = positions.isNull(row) ? "" : positions.text(row);
      if (positions.isNull(row)) {
        sources.field(1).addNull();
      } else {
        ((BytesBuilder) sources.field(1)).add(position);
      }
      sources.end();
      tried.add(attempts.getOrDefault(key(source, position), 1L) + 1);
    }
    columns[STEP] = steps.build();
    columns[SOURCE] = sources.build();
    columns[ATTEMPT] = tried.build();
    return new SinkRows(batch.with(schema, columns), rows.computed());
  }

  private static String without(String step) {
    return step.endsWith(SUFFIX) ? step.substring(0, step.length() - SUFFIX.length()) : step;
  }

  /** Hands everything on, rows marked. */
  private final class Letters implements Sink {
    private final Sink sink;

    Letters(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void open(SinkContext run) throws IOException {
      sink.open(run);
    }

    @Override
    public OptionalLong lastEpoch() throws IOException {
      return sink.lastEpoch();
    }

    @Override
    public SinkWriter writer(int index) throws IOException {
      return new Writer(sink.writer(index));
    }

    @Override
    public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
      return sink.commit(epoch, previous, staged);
    }

    @Override
    public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
      return sink.deliver(epoch, previous, new Spooled(rows));
    }

    @Override
    public Staged mark() throws IOException {
      return sink.mark();
    }

    @Override
    public void resume(Staged mark) throws IOException {
      sink.resume(mark);
    }

    @Override
    public void abort(long epoch, List<Staged> staged) throws IOException {
      sink.abort(epoch, staged);
    }

    @Override
    public String location() {
      return sink.location();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }

  private final class Writer implements SinkWriter {
    private final SinkWriter writer;

    Writer(SinkWriter writer) {
      this.writer = writer;
    }

    @Override
    public Rejects write(SinkRows rows) throws IOException {
      return writer.write(marked(rows));
    }

    @Override
    public void tick() throws IOException {
      writer.tick();
    }

    @Override
    public List<Staged> prepare(long epoch) throws IOException {
      return writer.prepare(epoch);
    }

    @Override
    public Forcing forcing() {
      return writer.forcing();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  private final class Spooled implements SpoolReader {
    private final SpoolReader reader;

    Spooled(SpoolReader reader) {
      this.reader = reader;
    }

    @Override
    public long rows() {
      return reader.rows();
    }

    @Override
    public Optional<SinkRows> next() throws IOException {
      return reader.next().map(AgainSink.this::marked);
    }

    @Override
    public void rewind() throws IOException {
      reader.rewind();
    }
  }
}
