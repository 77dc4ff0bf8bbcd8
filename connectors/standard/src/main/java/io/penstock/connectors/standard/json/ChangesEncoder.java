package io.penstock.connectors.standard.json;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Change;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.standard.value.Pending;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a line for each change; the two rows of an update are one. A half whose other half was
 * written elsewhere is a delete or an insert.
 */
final class ChangesEncoder implements Encoder {
  private static final int NONE = -1;
  private static final byte[] BEFORE = ascii(",\"before\":");
  private static final byte[] AFTER = ascii(",\"after\":");
  private static final byte[] END = ascii("}\n");

  private final boolean writesNone;
  private final Map<Envelope.Act, byte[]> heads = new EnumMap<>(Envelope.Act.class);
  private final ObjectEncoder rows;
  private ByteBuilder bytes = new ByteBuilder(Pending.FIRST);

  ChangesEncoder(Envelope envelope, JsonConfig.Nulls nulls, Schema schema) {
    writesNone = envelope.writesNone();
    rows = new ObjectEncoder(schema, nulls);
    for (Envelope.Act act : Envelope.Act.values()) {
      heads.put(act, ascii("{\"op\":\"" + envelope.word(act) + "\""));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void open(ByteSink to) {}

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    int row = 0;
    while (row < batch.size()) {
      int begun = bytes.length();
      boolean goes = Change.of(batch, row).takesAway();
      int after = goes ? follower(batch, row) : row;
      int next = Math.max(row, after) + 1;
      if (!line(batch, goes ? row : NONE, after)) {
        bytes.truncate(begun);
        for (; row < next; row++) {
          rejects.add(new Rejects.Reject(row, ProblemCode.D301, complaint()));
        }
      }
      row = next;
      Pending.flushMany(bytes, to);
    }
    Pending.flush(bytes, to);
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  /** The row that takes the place of this one, or none. */
  private static int follower(Batch batch, int row) {
    boolean updated =
        Change.of(batch, row) == Change.UPDATE_BEFORE
            && row + 1 < batch.size()
            && Change.of(batch, row + 1) == Change.UPDATE_AFTER;
    return updated ? row + 1 : NONE;
  }

  private boolean line(Batch batch, int before, int after) {
    Envelope.Act act =
        before == NONE
            ? Envelope.Act.INSERT
            : after == NONE ? Envelope.Act.DELETE : Envelope.Act.UPDATE;
    bytes.append(java.util.Objects.requireNonNull(heads.get(act)));
    boolean whole = side(batch, BEFORE, before) && side(batch, AFTER, after);
    bytes.append(END);
    return whole;
  }

  private boolean side(Batch batch, byte[] name, int row) {
    if (row != NONE) {
      bytes.append(name);
      return rows.write(batch.columns(), row, bytes);
    }
    if (writesNone) {
      bytes.append(name);
      bytes.append(ValueEncoders.NULL);
    }
    return true;
  }

  private String complaint() {
    return "`" + rows.refused() + "` is NaN or infinite, which JSON cannot hold";
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
