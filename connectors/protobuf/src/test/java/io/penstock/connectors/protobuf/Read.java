package io.penstock.connectors.protobuf;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.file.BlockReader;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bytes read by a format, in blocks and batches of a size, as the engine does it. */
final class Read implements Decoder.Rows, Out {
  private final Schema schema;
  private final Decoder decoder;
  private final ColumnBuilder[] builders;
  private final int batchRows;
  private final List<String> rows = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private final List<Integer> blockSizes = new ArrayList<>();
  private BlockLines current = BlockLines.from(1, new byte[0], 0, 0);
  private int inBatch;

  private Read(Format format, Format.Decoding decoding, int batchRows) {
    this.schema = decoding.schema();
    this.decoder = format.decoder(decoding);
    this.batchRows = batchRows;
    this.builders = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  static Read all(ProtobufConfig config, Schema schema, byte[] bytes) {
    return blocks(config.format(), Format.Decoding.of(schema), bytes, 1 << 20, 4096);
  }

  /** Rows that are written as lines of JSON. */
  static Read lines(Schema schema, String... lines) {
    Format json = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return blocks(json, Format.Decoding.of(schema), bytes, 1 << 20, 4096);
  }

  static Read blocks(
      Format format, Format.Decoding decoding, byte[] bytes, int blockSize, int batchRows) {
    Read read = new Read(format, decoding, batchRows);
    try (BlockReader blocks =
        new BlockReader(
            "s",
            new Bytes(bytes),
            () -> format.splitter(decoding.maxRecord()),
            decoding.maxRecord(),
            false,
            Map.of("path", "input"))) {
      while (blocks.next(read, blockSize)) {
        // The rows are taken on the way.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  /** What a format writes for batches. */
  static byte[] written(Format format, Schema schema, List<Batch> batches) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Encoder encoder = format.encoder(schema);
    try {
      encoder.open(bytes::write);
      for (Batch batch : batches) {
        List<String> refused =
            encoder.write(batch, bytes::write).rows().stream().map(r -> r.message()).toList();
        if (!refused.isEmpty()) {
          throw new AssertionError(refused);
        }
      }
      encoder.close(bytes::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The rows as JSON lines. */
  List<String> rows() {
    return rows;
  }

  List<Batch> batches() {
    return batches;
  }

  /** Code, line and message of each record that is none. */
  List<String> bad() {
    return bad;
  }

  /** The number of each row in its file, from 1. */
  List<Long> lines() {
    return lines;
  }

  List<Integer> blockSizes() {
    return blockSizes;
  }

  @Override
  public void block(Block block) {
    current = block.lines();
    blockSizes.add(block.to() - block.from());
    int at = block.sequence() == 0 ? decoder.header(block) : block.from();
    do {
      at = decoder.decode(block, at, this);
      flush();
    } while (at < block.to());
  }

  private void flush() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    if (inBatch > 0) {
      Batch batch = Batch.of(schema, inBatch, columns, Provenance.none("test"));
      batches.add(batch);
      Format json = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
      String text = new String(written(json, schema, List.of(batch)), StandardCharsets.UTF_8);
      rows.addAll(text.lines().toList());
    }
    inBatch = 0;
  }

  @Override
  public ColumnBuilder column(int index) {
    return builders[index];
  }

  @Override
  public void endRow(int offset, int line) {
    inBatch++;
    for (ColumnBuilder builder : builders) {
      if (builder.size() != inBatch) {
        throw new AssertionError("a column has " + builder.size() + " values, not " + inBatch);
      }
    }
    lines.add(current.first() + line);
  }

  @Override
  public void lines(int count) {
    current.counted(count);
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(inBatch);
    }
    bad.add(code + " line " + (current.first() + line) + ": " + message);
  }

  @Override
  public void skipped(int count) {
    throw new AssertionError("nothing is passed over");
  }

  @Override
  public boolean full() {
    return inBatch >= batchRows;
  }

  @Override
  public void rows(Batch batch) {
    throw new AssertionError("no row source");
  }

  @Override
  public void bad(
      Split split,
      long position,
      long line,
      byte[] raw,
      long rawBytes,
      ProblemCode code,
      String message) {
    bad.add(code + " line " + line + ": " + message);
  }

  /** Bytes in memory. */
  private static final class Bytes implements ByteInput {
    private final byte[] bytes;
    private int at;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == bytes.length) {
        return -1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, into, offset, count);
      at += count;
      return count;
    }

    @Override
    public long consumed() {
      return at;
    }

    @Override
    public void close() {}
  }
}
