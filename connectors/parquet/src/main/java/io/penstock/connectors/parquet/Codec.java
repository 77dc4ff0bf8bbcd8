package io.penstock.connectors.parquet;

import com.github.luben.zstd.Zstd;
import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** How the pages of a file are packed. */
public enum Codec {
  NONE,
  SNAPPY,
  GZIP,
  ZSTD;

  private static final int ZSTD_LEVEL = 3;

  /** The codec that a file names; empty where it is none of these. */
  static Optional<Codec> of(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> Optional.of(NONE);
      case SNAPPY -> Optional.of(SNAPPY);
      case GZIP -> Optional.of(GZIP);
      case ZSTD -> Optional.of(ZSTD);
      case LZO, BROTLI, LZ4, LZ4_RAW -> Optional.empty();
    };
  }

  private CompressionCodecName parquetName() {
    return switch (this) {
      case NONE -> CompressionCodecName.UNCOMPRESSED;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case GZIP -> CompressionCodecName.GZIP;
      case ZSTD -> CompressionCodecName.ZSTD;
    };
  }

  /** Unpacks bytes that are to become so many. */
  byte[] unpack(byte[] bytes, int from, int to, int size) {
    try {
      byte[] unpacked =
          switch (this) {
            case NONE -> Arrays.copyOfRange(bytes, from, to);
            case SNAPPY -> unsnap(bytes, from, to, size);
            case GZIP -> gunzip(bytes, from, to, size);
            case ZSTD -> unzstd(bytes, from, to, size);
          };
      if (unpacked.length != size) {
        throw damaged();
      }
      return unpacked;
    } catch (IOException wrong) {
      throw damaged();
    }
  }

  private static BadFile damaged() {
    return new BadFile(ProblemCode.D108, "the bytes of a page do not unpack to its size");
  }

  private static byte[] unzstd(byte[] bytes, int from, int to, int size) {
    byte[] into = new byte[size];
    long count = Zstd.decompressByteArray(into, 0, size, bytes, from, to - from);
    if (count != size) {
      throw damaged();
    }
    return into;
  }

  private static byte[] unsnap(byte[] bytes, int from, int to, int size) throws IOException {
    if (Snappy.uncompressedLength(bytes, from, to - from) != size) {
      throw damaged();
    }
    byte[] into = new byte[size];
    int unused = Snappy.uncompress(bytes, from, to - from, into, 0);
    return into;
  }

  private static byte[] gunzip(byte[] bytes, int from, int to, int size) throws IOException {
    try (InputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(bytes, from, to - from))) {
      byte[] into = stream.readNBytes(size);
      if (stream.read() >= 0) {
        throw damaged();
      }
      return into;
    }
  }

  private byte[] pack(byte[] bytes) throws IOException {
    return switch (this) {
      case NONE -> bytes;
      case SNAPPY -> Snappy.compress(bytes);
      case GZIP -> gzip(bytes);
      case ZSTD -> Zstd.compress(bytes, ZSTD_LEVEL);
    };
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    }
    return packed.toByteArray();
  }

  /** What packs pages that are written. */
  BytesInputCompressor compressor() {
    return new Packing(this);
  }

  /** Packs pages as the library asks. */
  private record Packing(Codec codec) implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteArrayOutputStream plain = new ByteArrayOutputStream((int) bytes.size());
      bytes.writeAllTo(plain);
      return BytesInput.from(codec.pack(plain.toByteArray()));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec.parquetName();
    }

    @Override
    public void release() {}
  }
}
