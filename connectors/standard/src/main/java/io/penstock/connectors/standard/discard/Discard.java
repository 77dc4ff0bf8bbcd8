package io.penstock.connectors.standard.discard;

import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.util.List;

/** Takes rows and forgets them. */
final class Discard implements Sink, SinkWriter {
  @Override
  public void open(SinkContext run) {}

  @Override
  public SinkWriter writer(int index) {
    return new Discard();
  }

  @Override
  public Rejects write(SinkRows rows) {
    return Rejects.NONE;
  }

  @Override
  public List<Staged> prepare(long epoch) {
    return List.of();
  }

  @Override
  public void close() {}
}
