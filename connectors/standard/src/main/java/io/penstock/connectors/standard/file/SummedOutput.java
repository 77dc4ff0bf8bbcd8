package io.penstock.connectors.standard.file;

import io.penstock.connectors.standard.compression.ByteOutput;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Sums up what a file gets. */
final class SummedOutput implements ByteOutput {
  private final ByteOutput to;
  private final Sums sums;

  SummedOutput(ByteOutput to, Sums sums) {
    this.to = to;
    this.sums = sums;
  }

  /** The checksums of a file, of all of it and of its end. */
  static final class Sums {
    private final CRC32C whole = new CRC32C();
    private final Tail tail;

    Sums(Tail tail) {
      this.tail = tail;
    }

    void add(byte[] bytes, int offset, int length) {
      whole.update(bytes, offset, length);
      tail.add(bytes, offset, offset + length);
    }

    /** Of all that was written. */
    int whole() {
      return (int) whole.getValue();
    }

    /** Of the last 4 KiB. */
    int end() {
      return tail.check();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    to.write(bytes, offset, length);
    sums.add(bytes, offset, length);
  }

  @Override
  public void finish() throws IOException {
    to.finish();
  }

  @Override
  public void close() throws IOException {
    to.close();
  }
}
