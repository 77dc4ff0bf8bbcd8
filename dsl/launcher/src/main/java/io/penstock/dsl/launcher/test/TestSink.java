package io.penstock.dsl.launcher.test;

import io.penstock.api.data.Batch;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.dsl.launcher.rows.JsonRow;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps rows in place of a sink. Written by one task; read after the run's end. */
record TestSink(List<Json> rows) implements SinkConfig, Sink, SinkWriter {
  static TestSink empty() {
    return new TestSink(Collections.synchronizedList(new ArrayList<>()));
  }

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.IMMEDIATE, false, true);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return this;
  }

  @Override
  public void open(SinkContext run) {}

  @Override
  public SinkWriter writer(int index) {
    return this;
  }

  @Override
  public Rejects write(SinkRows written) {
    Batch batch = written.rows();
    for (int row = 0; row < batch.size(); row++) {
      rows.add(JsonRow.of(batch, row));
    }
    return Rejects.NONE;
  }

  @Override
  public List<Staged> prepare(long epoch) {
    return List.of();
  }

  @Override
  public void close() {}
}
