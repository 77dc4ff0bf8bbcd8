package io.penstock.connectors.standard.file;

import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkWriter;

/** In work. */
final class FileSink implements Sink {
  FileSink(FileSinkConfig config) {}

  @Override
  public void open(SinkContext run) {}

  @Override
  public SinkWriter writer(int index) {
    throw new IllegalStateException("in work");
  }

  @Override
  public void close() {}
}
