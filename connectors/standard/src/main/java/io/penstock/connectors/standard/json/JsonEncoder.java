package io.penstock.connectors.standard.json;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.value.Pending;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows as JSON: a line each, the elements of one array, or, as a document, one row alone; a
 * second row is then refused.
 */
final class JsonEncoder implements Encoder {
  private final JsonConfig.Layout layout;
  private final ObjectEncoder rows;
  private ByteBuilder bytes = new ByteBuilder(Pending.FIRST);
  private long written;

  JsonEncoder(JsonConfig.Layout layout, JsonConfig.Nulls nulls, Schema schema) {
    this.layout = layout;
    this.rows = new ObjectEncoder(schema, nulls);
  }

  @Override
  public void open(ByteSink to) throws IOException {
    written = 0;
    if (layout == JsonConfig.Layout.ARRAY) {
      bytes.append('[');
      Pending.flush(bytes, to);
    }
  }

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      int begun = bytes.length();
      separator();
      boolean second = layout == JsonConfig.Layout.DOCUMENT && written > 0;
      if (second || !rows.write(batch.columns(), row, bytes)) {
        bytes.truncate(begun);
        rejects.add(new Rejects.Reject(row, ProblemCode.D301, complaint(second)));
        continue;
      }
      if (layout == JsonConfig.Layout.LINES) {
        bytes.append('\n');
      }
      written++;
      Pending.flushMany(bytes, to);
    }
    Pending.flush(bytes, to);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  @Override
  public Rejects each(Batch batch, RecordSink to) throws IOException {
    if (layout == JsonConfig.Layout.ARRAY) {
      return Encoder.super.each(batch, to);
    }
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      bytes.truncate(0);
      if (rows.write(batch.columns(), row, bytes)) {
        to.record(row, bytes.array(), 0, bytes.length());
      } else {
        rejects.add(new Rejects.Reject(row, ProblemCode.D301, complaint(false)));
      }
    }
    bytes.truncate(0);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private String complaint(boolean second) {
    return second
        ? "a JSON document holds one row, and this is another; use the layout `array` or `lines`"
        : "`" + rows.refused() + "` is NaN or infinite, which JSON cannot hold";
  }

  private void separator() {
    if (layout == JsonConfig.Layout.ARRAY) {
      if (written > 0) {
        bytes.append(',');
      }
      bytes.append('\n');
    }
  }

  @Override
  public void rest() {
    bytes = new ByteBuilder(Pending.FIRST);
  }

  @Override
  public void close(ByteSink to) throws IOException {
    if (layout == JsonConfig.Layout.ARRAY) {
      bytes.append('\n');
      bytes.append(']');
    }
    if (layout != JsonConfig.Layout.LINES) {
      bytes.append('\n');
    }
    Pending.flush(bytes, to);
  }
}
