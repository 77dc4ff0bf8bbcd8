package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block of bytes into a batch of columns. */
@State(Scope.Thread)
public class DecoderBench {
  @Param("4096")
  public int rows = 1;

  @Param public Encoded from = Encoded.BIDS_JSON;

  private Block block = from.block(rows);
  private Decoder decoder = from.format().decoder(from.decoding());
  private DecodedRows decoded = new DecodedRows(from.schema());

  /** Makes the bytes and checks that all records are read. */
  @Setup
  public void bytes() {
    block = from.block(rows);
    decoder = from.format().decoder(from.decoding());
    decoded = new DecodedRows(from.schema());
    decoded.sharing(block.bytes());
    int read = decode().size();
    if (read != rows) {
      throw new AssertionError(read + " rows of " + rows);
    }
  }

  @Benchmark
  public Batch decode() {
    int end = decoder.decode(block, decoder.header(block), decoded);
    if (end != block.to()) {
      throw new AssertionError("stopped at byte " + end);
    }
    return decoded.take();
  }
}
