package io.penstock.core.run;

import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** A sink to which something happens before and after each commit or delivery. */
final class HarmedSink implements Sink {
  private final Sink sink;
  private final Harm before;
  private final Harm after;

  private HarmedSink(Sink sink, Harm before, Harm after) {
    this.sink = sink;
    this.before = before;
    this.after = after;
  }

  /** What happens. */
  @FunctionalInterface
  interface Harm {
    Harm NONE = () -> {};

    void happen() throws IOException;
  }

  /** The configuration of such a sink. */
  static SinkConfig of(SinkConfig config, Harm before, Harm after) {
    return new Config(config, before, after);
  }

  private static final class Config implements SinkConfig {
    private final SinkConfig config;
    private final Harm before;
    private final Harm after;

    Config(SinkConfig config, Harm before, Harm after) {
      this.config = config;
      this.before = before;
      this.after = after;
    }

    @Override
    public SinkTraits traits(SinkUse use) {
      return config.traits(use);
    }

    @Override
    public boolean needsFormat() {
      return config.needsFormat();
    }

    @Override
    public Sink sink() {
      return new HarmedSink(config.sink(), before, after);
    }
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
    return sink.writer(index);
  }

  @Override
  public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    before.happen();
    Rejects rejects = sink.commit(epoch, previous, staged);
    after.happen();
    return rejects;
  }

  @Override
  public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    before.happen();
    Rejects rejects = sink.deliver(epoch, previous, rows);
    after.happen();
    return rejects;
  }

  @Override
  public void abort(long epoch, List<Staged> staged) throws IOException {
    sink.abort(epoch, staged);
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
