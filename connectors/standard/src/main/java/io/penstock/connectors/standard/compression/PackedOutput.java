package io.penstock.connectors.standard.compression;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Packs bytes on their way. */
final class PackedOutput implements ByteOutput {
  private static final int BUFFER = 1 << 16;

  private final Bytes below;
  private final OutputStream stream;
  private boolean finished;

  private PackedOutput(Bytes below, OutputStream stream) {
    this.below = below;
    this.stream = stream;
  }

  static PackedOutput gzip(ByteOutput to) throws IOException {
    Bytes below = new Bytes(to);
    return new PackedOutput(below, new GZIPOutputStream(below, BUFFER));
  }

  static PackedOutput zstd(ByteOutput to) throws IOException {
    Bytes below = new Bytes(to);
    return new PackedOutput(below, new ZstdOutputStream(below).setChecksum(true));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    stream.write(bytes, offset, length);
  }

  @Override
  public void finish() throws IOException {
    finished = true;
    stream.close();
    below.to.finish();
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      finished = true;
      below.dropped = true;
      stream.close();
    }
    below.to.close();
  }

  /** What the libraries write to. */
  private static final class Bytes extends OutputStream {
    private final ByteOutput to;
    private boolean dropped;

    Bytes(ByteOutput to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!dropped) {
        to.write(bytes, offset, length);
      }
    }
  }
}
