package io.penstock.connectors.standard;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.file.BlockReader;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.SourceLaw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Bytes read by a format, in blocks of a size, as the engine does it: the rows as JSON lines, the
 * records that are none, the lines passed over.
 */
public final class Read implements Decoder.Rows, SourceLaw.Taker {
  private final Format.Decoding decoding;
  private final Decoder decoder;
  private final ColumnBuilder[] builders;
  private final int batchRows;
  private final List<String> rows = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private Block current =
      new Block(
          new byte[0], 0, 0, "", 0, 0, BlockLines.from(1, new byte[0], 0, 0), false, Map.of());
  private final List<String> taken = new ArrayList<>();
  private final List<Integer> badBefore = new ArrayList<>();
  private int inBatch;
  private int skipped;

  private Read(Format format, Format.Decoding decoding, int batchRows) {
    this.decoding = decoding;
    this.decoder = format.decoder(decoding);
    this.batchRows = batchRows;
    this.builders = new ColumnBuilder[decoding.schema().columns()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(decoding.schema().column(i).type());
    }
  }

  public static Read all(Format format, Schema schema, String text) {
    return all(format, Format.Decoding.of(schema), text.getBytes(StandardCharsets.UTF_8));
  }

  public static Read all(Format format, Format.Decoding decoding, byte[] bytes) {
    return blocks(format, decoding, bytes, 1 << 20, 4096);
  }

  /** Takes blocks as the engine does. */
  public static SourceLaw.Taker taker(Format format, Format.Decoding decoding) {
    return new Read(format, decoding, 4096);
  }

  /** Reads in blocks of about this size and batches of so many rows. */
  public static Read blocks(
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
    read.flush();
    return read;
  }

  public List<String> rows() {
    return rows;
  }

  /** The rows as they were handed on. */
  public List<Batch> batches() {
    return batches;
  }

  /** Code and message of each record that is none. */
  public List<String> bad() {
    return bad;
  }

  /** The line of each row, from 1. */
  public List<Long> lines() {
    return lines;
  }

  public int blankLines() {
    return skipped;
  }

  /** Rows with their lines, and in their places the records that are none. */
  @Override
  public List<String> taken() {
    return taken;
  }

  @Override
  public void head(Block first) {
    int unused = decoder.header(first);
  }

  @Override
  public void block(Block block) {
    current = block;
    int at = block.sequence() == 0 ? decoder.header(block) : block.from();
    while (at < block.to()) {
      at = decoder.decode(block, at, this);
      flush();
    }
    letGo(block);
    // A format may have something to say about an empty file.
    if (block.sequence() == 0 && block.last() && block.from() == block.to()) {
      decoder.decode(block, at, this);
      flush();
    }
  }

  /** What nobody reads any more may change: the first block of a file stays, for its header. */
  private static void letGo(Block block) {
    int unused = block.lines().count();
    if (block.sequence() > 0) {
      Arrays.fill(block.bytes(), (byte) 'x');
      block.release();
    }
  }

  private void flush() {
    Column[] columns = new Column[builders.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = builders[i].build();
    }
    if (inBatch > 0) {
      Batch batch = Batch.of(decoding.schema(), inBatch, columns, Provenance.none("test"));
      batches.add(batch);
      List<String> texts =
          Written.lines(new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE), batch);
      for (int i = 0; i < texts.size(); i++) {
        takeBad(i);
        taken.add(lines.get(rows.size() + i) + ": " + texts.get(i));
      }
      rows.addAll(texts);
    }
    takeBad(inBatch);
    inBatch = 0;
  }

  /** Takes the records that are none and stand before a row of the batch. */
  private void takeBad(int row) {
    while (!badBefore.isEmpty() && badBefore.get(0) <= row) {
      taken.add("bad " + bad.get(bad.size() - badBefore.size()));
      badBefore.remove(0);
    }
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
    lines.add(current.lines().first() + line);
  }

  @Override
  public void bad(int offset, int end, int line, ProblemCode code, String message) {
    for (ColumnBuilder builder : builders) {
      builder.truncate(inBatch);
    }
    bad.add(code + " line " + (current.lines().first() + line) + ": " + message);
    badBefore.add(inBatch);
  }

  @Override
  public void skipped(int count) {
    skipped += count;
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
    taken.add("bad " + bad.get(bad.size() - 1));
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
