package io.penstock.connectors.avro;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Encoder;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes rows as blocks of a file, or one row as a record by itself. */
final class AvroEncoder implements Encoder {
  private static final int BLOCK = 64 << 10;
  private static final int FIRST = 256;

  private final AvroConfig.Layout layout;
  private final Codec codec;
  private final RowWriter rows;
  private ByteBuilder bytes = new ByteBuilder(FIRST);
  private byte[] sync = new byte[0];
  private long written;
  private long inBlock;

  AvroEncoder(AvroConfig.Layout layout, Codec codec, RowWriter rows) {
    this.layout = layout;
    this.codec = codec;
    this.rows = rows;
  }

  @Override
  public void open(ByteSink to) {
    bytes.truncate(0);
    sync = new byte[0];
    written = 0;
    inBlock = 0;
  }

  @Override
  public Rejects write(Batch batch, ByteSink to) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      int begun = bytes.length();
      try {
        if (layout == AvroConfig.Layout.SINGLE && written > 0) {
          throw new BadDatum(
              ProblemCode.D301,
              "a single record of Avro is one row, and this is another; use the layout"
                  + " `container`");
        }
        rows.write(batch.columns(), row, bytes);
        written++;
        inBlock++;
      } catch (BadDatum wrong) {
        bytes.truncate(begun);
        rejects.add(new Rejects.Reject(row, wrong.code(), wrong.text()));
      }
      if (bytes.length() >= BLOCK && layout == AvroConfig.Layout.CONTAINER) {
        block(to);
      }
    }
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  @Override
  public void rest() {
    ByteBuilder smaller = new ByteBuilder(Math.max(FIRST, bytes.length()));
    smaller.append(bytes.array(), 0, bytes.length());
    bytes = smaller;
  }

  @Override
  public void close(ByteSink to) throws IOException {
    if (layout == AvroConfig.Layout.SINGLE) {
      to.write(bytes.array(), 0, bytes.length());
    } else {
      block(to);
    }
    bytes.truncate(0);
  }

  /** Ends a block; the first has the header before it, and a file without rows has that alone. */
  private void block(ByteSink to) throws IOException {
    ByteBuilder out = new ByteBuilder(FIRST);
    if (sync.length == 0) {
      header(out);
    }
    if (inBlock > 0) {
      byte[] packed = codec.pack(bytes.array(), bytes.length());
      Binary.number(inBlock, out);
      Binary.bytes(packed, out);
      out.append(sync);
    }
    to.write(out.array(), 0, out.length());
    bytes.truncate(0);
    inBlock = 0;
  }

  private void header(ByteBuilder out) {
    byte[] schema = rows.schema().toString().getBytes(StandardCharsets.UTF_8);
    sync = marker(schema);
    out.append(FileHeader.MAGIC);
    Binary.number(2, out);
    Binary.bytes(FileHeader.SCHEMA.getBytes(StandardCharsets.US_ASCII), out);
    Binary.bytes(schema, out);
    Binary.bytes(FileHeader.CODEC.getBytes(StandardCharsets.US_ASCII), out);
    Binary.bytes(codec.avroName().getBytes(StandardCharsets.US_ASCII), out);
    Binary.number(0, out);
    out.append(sync);
  }

  // The same rows give the same file, and others hardly ever have this marker in them.
  private byte[] marker(byte[] schema) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(schema);
      digest.update(bytes.array(), 0, bytes.length());
      return Arrays.copyOf(digest.digest(), FileHeader.SYNC);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
