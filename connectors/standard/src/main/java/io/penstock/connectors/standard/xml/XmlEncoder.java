package io.penstock.connectors.standard.xml;

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
 * Writes each row as an element of a line, inside the elements around records. Where the record is
 * the root, a file holds one row; a second one is refused.
 */
final class XmlEncoder implements Encoder {
  private final RecordPath path;
  private final FieldEncoder fields;
  private ByteBuilder bytes = new ByteBuilder(Pending.FIRST);
  private long written;

  XmlEncoder(RecordPath path, Schema schema) {
    this.path = path;
    this.fields = new FieldEncoder(schema);
  }

  @Override
  public void open(ByteSink to) throws IOException {
    written = 0;
    bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    for (String parent : path.parents()) {
      XmlText.open(parent, bytes);
      bytes.append(">\n");
    }
    Pending.flush(bytes, to);
  }

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      int begun = bytes.length();
      try {
        if (written > 0 && path.parents().isEmpty()) {
          throw new BadElement(
              ProblemCode.D301,
              "the root is the one record of a file of XML, and this is another; give `record` a parent");
        }
        fields.write(path.last(), batch.columns(), row, bytes);
        bytes.append('\n');
        written++;
      } catch (BadElement wrong) {
        bytes.truncate(begun);
        rejects.add(new Rejects.Reject(row, wrong.code(), wrong.text()));
      }
      Pending.flushMany(bytes, to);
    }
    Pending.flush(bytes, to);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  @Override
  public void rest() {
    bytes = new ByteBuilder(Pending.FIRST);
  }

  @Override
  public void close(ByteSink to) throws IOException {
    for (int i = path.parents().size() - 1; i >= 0; i--) {
      XmlText.close(path.parents().get(i), bytes);
      bytes.append('\n');
    }
    Pending.flush(bytes, to);
  }
}
