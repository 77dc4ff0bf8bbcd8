package io.penstock.api.format;

import io.penstock.api.data.Batch;
import io.penstock.api.sink.Rejects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Has an encoder write a file for each row. */
final class OneByOne {
  private final Encoder encoder;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  OneByOne(Encoder encoder) {
    this.encoder = encoder;
  }

  Rejects write(Batch rows, Encoder.RecordSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      file.reset();
      Rejects refused = write(rows.gather(new int[] {row}, 1));
      if (refused.rows().isEmpty()) {
        byte[] bytes = file.toByteArray();
        to.record(row, bytes, 0, withoutLineFeed(bytes));
      } else {
        Rejects.Reject why = refused.rows().get(0);
        rejects.add(new Rejects.Reject(row, why.code(), why.message()));
      }
    }
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private Rejects write(Batch row) throws IOException {
    encoder.open(file::write);
    Rejects refused = encoder.write(row, file::write);
    encoder.close(file::write);
    return refused;
  }

  private static int withoutLineFeed(byte[] bytes) {
    int length = bytes.length;
    return length > 0 && bytes[length - 1] == '\n' ? length - 1 : length;
  }
}
