package io.penstock.core.run;

import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A staged sink that is wrong.
 *
 * @param wrong in which way
 */
record TamperedSink(SinkConfig right, Wrong wrong) implements SinkConfig {
  /** What is wrong with it. */
  enum Wrong {
    /** Rows are visible as soon as they are prepared. */
    EARLY,
    /** What a former process has decided is not made visible. */
    FORGETS,
    /** Nobody waits until rows are durable; that they are at the end of the next epoch. */
    FORCES_LATE
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return right.traits(use);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    Sink sink = right.sink();
    return new Sink() {
      private boolean begun;

      @Override
      public void open(SinkContext run) throws IOException {
        sink.open(run);
      }

      @Override
      public OptionalLong lastEpoch() throws IOException {
        // Who makes rows visible too early does not tell either.
        return wrong == Wrong.EARLY ? OptionalLong.empty() : sink.lastEpoch();
      }

      @Override
      public SinkWriter writer(int index) throws IOException {
        begun = true;
        SinkWriter writer = sink.writer(index);
        return switch (wrong) {
          case EARLY -> early(sink, writer);
          case FORGETS -> writer;
          case FORCES_LATE -> late(writer);
        };
      }

      @Override
      public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
        return wrong == Wrong.FORGETS && !begun
            ? Rejects.NONE
            : sink.commit(epoch, previous, staged);
      }

      @Override
      public void abort(long epoch, List<Staged> staged) throws IOException {
        sink.abort(epoch, staged);
      }

      @Override
      public void close() throws IOException {
        sink.close();
      }
    };
  }

  private static SinkWriter early(Sink sink, SinkWriter writer) {
    return new SinkWriter() {
      @Override
      public Rejects write(SinkRows rows) throws IOException {
        return writer.write(rows);
      }

      @Override
      public List<Staged> prepare(long epoch) throws IOException {
        List<Staged> staged = writer.prepare(epoch);
        writer.forcing().force();
        Rejects unused = sink.commit(epoch, epoch - 1, staged);
        return staged;
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  private static SinkWriter late(SinkWriter writer) {
    return new SinkWriter() {
      private Forcing left = Forcing.NONE;

      @Override
      public Rejects write(SinkRows rows) throws IOException {
        return writer.write(rows);
      }

      @Override
      public List<Staged> prepare(long epoch) throws IOException {
        left.force();
        List<Staged> staged = writer.prepare(epoch);
        left = writer.forcing();
        return staged;
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }
}
