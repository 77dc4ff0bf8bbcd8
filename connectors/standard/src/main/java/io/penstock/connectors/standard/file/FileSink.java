package io.penstock.connectors.standard.file;

import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Files: how they come about depends on whether the run keeps state. */
final class FileSink implements Sink {
  private final FileSinkConfig config;
  private @Nullable Sink files;

  FileSink(FileSinkConfig config) {
    this.config = config;
  }

  @Override
  public void open(SinkContext run) throws IOException {
    Output output = new Output(config, run);
    if (run.keepsState()) {
      KeptRules.check(output);
    }
    Sink opened = of(output);
    opened.open(run);
    files = opened;
  }

  private static Sink of(Output output) {
    if (!output.run().keepsState()) {
      return new ReplacedFiles(output);
    }
    return output.config().isFolder() ? new KeptParts(output) : new KeptFile(output);
  }

  @Override
  public OptionalLong lastEpoch() throws IOException {
    return files().lastEpoch();
  }

  @Override
  public SinkWriter writer(int index) throws IOException {
    return files().writer(index);
  }

  @Override
  public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
    return files().commit(epoch, previous, staged);
  }

  @Override
  public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    return files().deliver(epoch, previous, rows);
  }

  @Override
  public Staged mark() throws IOException {
    return files().mark();
  }

  @Override
  public void resume(Staged mark) throws IOException {
    files().resume(mark);
  }

  @Override
  public void abort(long epoch, List<Staged> staged) throws IOException {
    files().abort(epoch, staged);
  }

  @Override
  public String location() {
    return config.path().text();
  }

  private Sink files() {
    Sink opened = files;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public void close() throws IOException {
    Sink opened = files;
    if (opened != null) {
      opened.close();
    }
  }
}
