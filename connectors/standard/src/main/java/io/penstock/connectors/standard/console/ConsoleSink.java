package io.penstock.connectors.standard.console;

import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints rows as they come. */
final class ConsoleSink implements Sink {
  private @Nullable SinkContext run;

  @Override
  public void open(SinkContext context) {
    run = context;
  }

  @Override
  public SinkWriter writer(int index) throws IOException {
    SinkContext open = run;
    Optional<Format> format = open == null ? Optional.empty() : open.format();
    if (open == null || format.isEmpty()) {
      throw new IllegalStateException("not open, or without a format");
    }
    return new Printer(format.get().encoder(open.schema()), open.console());
  }

  @Override
  public String location() {
    return "standard output";
  }

  @Override
  public void close() {}

  /** Prints the rows of one task. */
  private static final class Printer implements SinkWriter {
    private final Encoder encoder;
    private final OutputStream console;
    private boolean begun;
    private boolean ended;

    Printer(Encoder encoder, OutputStream console) {
      this.encoder = encoder;
      this.console = console;
    }

    @Override
    public Rejects write(SinkRows rows) throws IOException {
      begin();
      Rejects rejects = encoder.write(rows.rows(), console::write);
      console.flush();
      return rejects;
    }

    private void begin() throws IOException {
      if (!begun) {
        begun = true;
        encoder.open(console::write);
      }
    }

    @Override
    public List<Staged> prepare(long epoch) throws IOException {
      console.flush();
      return List.of();
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        return;
      }
      ended = true;
      begin();
      encoder.close(console::write);
      console.flush();
    }
  }
}
