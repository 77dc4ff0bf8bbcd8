package io.penstock.connectors.standard;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.sink.Rejects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a format writes for batches, and what it refuses. */
public record Written(String text, Rejects rejects) {
  public static Written all(FormatConfig format, Batch batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Encoder encoder = format.format().encoder(batch.schema());
    try {
      encoder.open(bytes::write);
      Rejects rejects = encoder.write(batch, bytes::write);
      encoder.close(bytes::write);
      return new Written(bytes.toString(StandardCharsets.UTF_8), rejects);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of what is written. */
  public static List<String> lines(FormatConfig format, Batch batch) {
    return all(format, batch).text().lines().toList();
  }
}
