package io.penstock.connectors.avro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.xerial.snappy.Snappy;

/** How the blocks of a file are packed. */
public enum Codec {
  NONE("null"),
  DEFLATE("deflate"),
  SNAPPY("snappy"),
  ZSTD("zstandard");

  private static final int CHECK = 4;
  private static final int FIRST = 1 << 14;
  private static final int ZSTD_LEVEL = 3;

  private final String avroName;

  Codec(String avroName) {
    this.avroName = avroName;
  }

  /** As files name it. */
  String avroName() {
    return avroName;
  }

  /** The codec that a file names. */
  static Optional<Codec> named(String avroName) {
    return Arrays.stream(values()).filter(codec -> codec.avroName.equals(avroName)).findFirst();
  }

  /**
   * Unpacks a block.
   *
   * @param most how many bytes it may have at most
   */
  byte[] unpack(byte[] bytes, int from, int to, int most) {
    try {
      return switch (this) {
        case NONE -> Arrays.copyOfRange(bytes, from, to);
        case DEFLATE -> inflate(bytes, from, to, most);
        case SNAPPY -> unsnap(bytes, from, to, most);
        case ZSTD -> {
          InputStream packed = new ByteArrayInputStream(bytes, from, to - from);
          try (ZstdInputStream stream = new ZstdInputStream(packed)) {
            yield all(stream, most);
          }
        }
      };
    } catch (DataFormatException | IOException wrong) {
      throw damaged();
    }
  }

  private BadDatum damaged() {
    return new BadDatum(ProblemCode.D108, "the bytes of the block are no " + avroName);
  }

  private static BadDatum tooLarge(int most) {
    return new BadDatum(
        ProblemCode.D107,
        "the block unpacks to more than " + most + " bytes, four times `max_record`");
  }

  private byte[] inflate(byte[] bytes, int from, int to, int most) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, to - from);
      byte[] into = new byte[Math.max(FIRST, Math.min(most, (to - from) * 4))];
      int length = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(into, length, into.length - length);
        length += count;
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw damaged();
        }
        into = room(into, length, most);
      }
      return Arrays.copyOf(into, length);
    } finally {
      inflater.end();
    }
  }

  private static byte[] room(byte[] into, int length, int most) {
    if (length > most) {
      throw tooLarge(most);
    }
    return length < into.length
        ? into
        : Arrays.copyOf(into, (int) Math.min(most + 1L, into.length * 2L));
  }

  private static byte[] all(InputStream stream, int most) throws IOException {
    byte[] into = new byte[FIRST];
    int length = 0;
    for (int count = 0; count >= 0; count = stream.read(into, length, into.length - length)) {
      length += count;
      into = room(into, length, most);
    }
    return Arrays.copyOf(into, length);
  }

  private byte[] unsnap(byte[] bytes, int from, int to, int most) throws IOException {
    int packed = to - from - CHECK;
    if (packed < 1) {
      throw damaged();
    }
    int length = Snappy.uncompressedLength(bytes, from, packed);
    if (length > most) {
      throw tooLarge(most);
    }
    byte[] into = new byte[length];
    int unused = Snappy.uncompress(bytes, from, packed, into, 0);
    CRC32 sum = new CRC32();
    sum.update(into);
    if ((int) sum.getValue() != bigEndian(bytes, to - CHECK)) {
      throw new BadDatum(ProblemCode.D108, "the block's checksum is not that of its bytes");
    }
    return into;
  }

  private static int bigEndian(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  /** Packs a block. */
  byte[] pack(byte[] bytes, int length) throws IOException {
    return switch (this) {
      case NONE -> Arrays.copyOf(bytes, length);
      case DEFLATE -> deflate(bytes, length);
      case SNAPPY -> snap(bytes, length);
      case ZSTD -> Zstd.compress(Arrays.copyOf(bytes, length), ZSTD_LEVEL);
    };
  }

  private static byte[] deflate(byte[] bytes, int length) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(bytes, 0, length);
      deflater.finish();
      byte[] into = new byte[Math.max(FIRST, length / 2)];
      int packed = 0;
      while (!deflater.finished()) {
        packed += deflater.deflate(into, packed, into.length - packed);
        into = packed < into.length ? into : Arrays.copyOf(into, into.length * 2);
      }
      return Arrays.copyOf(into, packed);
    } finally {
      deflater.end();
    }
  }

  private static byte[] snap(byte[] bytes, int length) throws IOException {
    byte[] into = new byte[Snappy.maxCompressedLength(length) + CHECK];
    int packed = Snappy.compress(bytes, 0, length, into, 0);
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    for (int i = 0; i < CHECK; i++) {
      into[packed + i] = (byte) (sum.getValue() >> 8 * (CHECK - 1 - i));
    }
    return Arrays.copyOf(into, packed + CHECK);
  }
}
