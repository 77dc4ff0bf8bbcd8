package io.penstock.connectors.standard.log;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.Pending;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a line for each row, or one row alone. */
final class LogEncoder implements Encoder {
  private final RowText text;
  private final Layout layout;
  private ByteBuilder bytes = new ByteBuilder(Pending.FIRST);
  private long written;

  LogEncoder(RowText text, Layout layout) {
    this.text = text;
    this.layout = layout;
  }

  @Override
  public void open(ByteSink to) {
    written = 0;
  }

  @Override
  public Rejects write(Batch rows, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      int begun = bytes.length();
      try {
        if (layout == Layout.SINGLE && written > 0) {
          throw cannot("the layout `single` holds one row, and this is another; use `lines`");
        }
        append(rows, row, begun);
        if (layout == Layout.LINES) {
          bytes.append('\n');
        }
        written++;
      } catch (BadRecord wrong) {
        bytes.truncate(begun);
        rejects.add(new Rejects.Reject(row, wrong.code(), wrong.text()));
      }
      Pending.flushMany(bytes, to);
    }
    Pending.flush(bytes, to);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private void append(Batch rows, int row, int begun) {
    text.append(rows, row, bytes);
    if (layout == Layout.LINES
        && ByteScan.contains(bytes.array(), begun, bytes.length(), (byte) '\n')) {
      throw cannot("the row has a line feed in it, and a record is a line; use `layout: single`");
    }
  }

  private static BadRecord cannot(String why) {
    return new BadRecord(ProblemCode.D301, why);
  }

  @Override
  public Rejects each(Batch rows, RecordSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      bytes.truncate(0);
      try {
        append(rows, row, 0);
      } catch (BadRecord wrong) {
        rejects.add(new Rejects.Reject(row, wrong.code(), wrong.text()));
        continue;
      }
      to.record(row, bytes.array(), 0, bytes.length());
    }
    bytes.truncate(0);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  @Override
  public void rest() {
    bytes = new ByteBuilder(Pending.FIRST);
  }

  @Override
  public void close(ByteSink to) throws IOException {
    Pending.flush(bytes, to);
  }
}
