package io.penstock.connectors.parquet;

import io.penstock.api.format.Encoder.ByteSink;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** The file that a sink makes, as the library sees it: bytes are only added. */
final class SinkFile implements OutputFile {
  private ByteSink sink;

  SinkFile(ByteSink sink) {
    this.sink = sink;
  }

  /** Where the bytes to come go. */
  void to(ByteSink next) {
    sink = next;
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    return new Stream();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return new Stream();
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Adds bytes and counts them. */
  private final class Stream extends PositionOutputStream {
    private long written;

    @Override
    public long getPos() {
      return written;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      sink.write(bytes, offset, length);
      written += length;
    }
  }
}
