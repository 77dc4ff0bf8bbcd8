package io.penstock.bench;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch of columns into bytes. */
@State(Scope.Thread)
public class EncoderBench {
  @Param("4096")
  public int rows = 1;

  @Param({"BIDS_JSON", "TEMPERATURES_CSV"})
  public Encoded to = Encoded.BIDS_JSON;

  private Batch batch = batch();
  private Encoder encoder = to.format().encoder(to.schema());
  private long written;

  /** Makes the rows and checks that they are written as they were read. */
  @Setup
  public void rows() throws IOException {
    batch = batch();
    encoder = to.format().encoder(to.schema());
    encoder.open(this::take);
    long length = encode();
    long expected = to.block(rows).to();
    // Times are written with as many digits as they need, numbers of bids never change.
    if (length > expected || length < expected * 9 / 10) {
      throw new AssertionError(length + " bytes of " + expected);
    }
  }

  private Batch batch() {
    Block block = to.block(rows);
    Decoder decoder = to.format().decoder(to.decoding());
    DecodedRows decoded = new DecodedRows(to.schema());
    int unused = decoder.decode(block, decoder.header(block), decoded);
    return decoded.take();
  }

  /** How many bytes there are. */
  @Benchmark
  public long encode() throws IOException {
    written = 0;
    if (!encoder.write(batch, this::take).rows().isEmpty()) {
      throw new AssertionError("rows are refused");
    }
    return written;
  }

  private void take(byte[] bytes, int offset, int length) {
    written += length;
  }
}
