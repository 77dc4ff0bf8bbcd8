package io.penstock.connectors.standard.compression;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks Zstandard, any number of frames one after the other. */
final class ZstdInput implements ByteInput {
  private final ByteInput packed;
  private final ZstdInputStream stream;
  private long unpacked;

  ZstdInput(ByteInput packed) throws IOException {
    this.packed = packed;
    this.stream = new ZstdInputStream(new Bytes(packed));
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = stream.read(into, offset, length);
      if (count < 0 && packed.consumed() == 0) {
        throw new DamagedException(ProblemCode.D108, "the file is empty and so no zstd");
      }
      unpacked += Math.max(0, count);
      Expansion.check(packed.consumed(), unpacked);
      return count;
    } catch (ZstdIOException wrong) {
      throw new DamagedException(
          ProblemCode.D108, "the compressed bytes are cut off, damaged or no zstd");
    }
  }

  @Override
  public long consumed() {
    return packed.consumed();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /** What the library reads from. */
  private static final class Bytes extends InputStream {
    private final ByteInput from;

    Bytes(ByteInput from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return from.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return from.read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }
}
