package io.penstock.connectors.http;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.sink.Rejects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes the bodies of requests. */
final class BodyForm {
  private final Format format;
  private final String name;
  private final Schema schema;
  private final int maxRows;
  private final HttpSinkConfig.Packing packing;

  BodyForm(FormatConfig config, Schema schema, int maxRows, HttpSinkConfig.Packing packing) {
    this.format = config.format();
    Component declared = config.getClass().getAnnotation(Component.class);
    this.name = declared == null ? "" : declared.name();
    this.schema = schema;
    boolean one = name.equals("json") && !format.traits().splittable();
    this.maxRows = one ? 1 : maxRows;
    this.packing = packing;
  }

  /** The most rows of a body. */
  int maxRows() {
    return maxRows;
  }

  /** What a body is. */
  String contentType() {
    return switch (name) {
      case "json" ->
          format.traits().appendable() && maxRows > 1 ? "application/x-ndjson" : "application/json";
      case "csv" -> "text/csv; charset=utf-8";
      case "tsv" -> "text/tab-separated-values; charset=utf-8";
      case "text" -> "text/plain; charset=utf-8";
      case "xml" -> "application/xml";
      default -> "application/octet-stream";
    };
  }

  /**
   * A body.
   *
   * @param numbers of the rows that are in it
   * @param rejects of rows that the format cannot hold
   */
  record Made(byte[] bytes, int[] numbers, List<Rejects.Reject> rejects) {}

  /** The body of a parcel, not compressed. */
  Made of(Parcel parcel) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    Encoder encoder = format.encoder(schema);
    List<Rejects.Reject> rejects = new ArrayList<>();
    int[] numbers = new int[parcel.size()];
    int kept = 0;
    int index = 0;
    encoder.open(bytes::write);
    for (Batch batch : parcel.rows()) {
      boolean[] refused = new boolean[batch.size()];
      for (Rejects.Reject reject : encoder.write(batch, bytes::write).rows()) {
        refused[reject.row()] = true;
        int number = parcel.number(index + reject.row());
        rejects.add(new Rejects.Reject(number, reject.code(), reject.message()));
      }
      for (int i = 0; i < refused.length; i++) {
        if (!refused[i]) {
          numbers[kept++] = parcel.number(index + i);
        }
      }
      index += batch.size();
    }
    encoder.close(bytes::write);
    return new Made(bytes.toByteArray(), java.util.Arrays.copyOf(numbers, kept), rejects);
  }

  /** What goes over the wire. */
  byte[] packed(byte[] bytes) {
    if (packing == HttpSinkConfig.Packing.NONE) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
