package io.penstock.connectors.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a message for each row behind its length, or one row alone. */
final class MessageEncoder implements Encoder {
  private static final int MOST = 1 << 18;

  private final ProtobufConfig.Layout layout;
  private final RowWriter rows;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long written;

  MessageEncoder(ProtobufConfig.Layout layout, RowWriter rows) {
    this.layout = layout;
    this.rows = rows;
  }

  @Override
  public void open(ByteSink to) {
    written = 0;
  }

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      try {
        if (layout == ProtobufConfig.Layout.SINGLE && written > 0) {
          throw new BadMessage(
              ProblemCode.D301,
              "the layout `single` holds one row, and this is another; use `delimited`");
        }
        append(rows.message(batch.columns(), row));
        written++;
      } catch (BadMessage wrong) {
        rejects.add(new Rejects.Reject(row, wrong.code(), wrong.text()));
      }
      if (bytes.size() >= MOST) {
        flush(to);
      }
    }
    flush(to);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private void append(Message message) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    if (layout == ProtobufConfig.Layout.DELIMITED) {
      out.writeUInt32NoTag(message.getSerializedSize());
    }
    message.writeTo(out);
    out.flush();
  }

  @Override
  public Rejects each(Batch batch, RecordSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      bytes.reset();
      try {
        append(rows.message(batch.columns(), row));
      } catch (BadMessage wrong) {
        rejects.add(new Rejects.Reject(row, wrong.code(), wrong.text()));
        continue;
      }
      byte[] record = bytes.toByteArray();
      to.record(row, record, 0, record.length);
    }
    bytes.reset();
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private void flush(ByteSink to) throws IOException {
    byte[] all = bytes.toByteArray();
    to.write(all, 0, all.length);
    bytes.reset();
  }

  @Override
  public void close(ByteSink to) throws IOException {
    flush(to);
  }
}
