package io.penstock.connectors.parquet;

import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** What stands at the beginning and at the end of a file. */
final class Footer {
  /** How many bytes there are before the first column. */
  static final int HEAD = 4;

  /** How many bytes stand behind the footer. */
  static final int TAIL = 8;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  private Footer() {}

  /** Reads it; a file that is none is thrown. */
  static ParquetMetadata read(byte[] bytes, int from, int to) {
    byte[] head = Arrays.copyOfRange(bytes, from, Math.min(to, from + HEAD));
    byte[] tail = Arrays.copyOfRange(bytes, Math.max(from, to - TAIL), to);
    int length = length(head, tail, to - from);
    return parsed(read(bytes, to - TAIL - length, length, length));
  }

  /**
   * How many bytes the footer has; a file that is none is thrown.
   *
   * @param head the first bytes of the file
   * @param tail the last bytes of the file
   * @param size how many it has in all
   */
  static int length(byte[] head, byte[] tail, long size) {
    if (size == 0) {
      throw new BadFile(ProblemCode.D101, "the file is empty, and so no Parquet");
    }
    if (size < TAIL + MAGIC.length || !Arrays.equals(MAGIC, head)) {
      boolean encrypted = size > TAIL && Arrays.equals(ENCRYPTED, head);
      throw new BadFile(
          ProblemCode.D101,
          encrypted
              ? "the file is encrypted, which is not read"
              : "the file is no Parquet: it does not begin with `PAR1`");
    }
    if (!Arrays.equals(tail, TAIL - MAGIC.length, TAIL, MAGIC, 0, MAGIC.length)) {
      throw new BadFile(
          ProblemCode.D101, "the file does not end with `PAR1`: it is cut off or damaged");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length <= 0 || length > size - TAIL - MAGIC.length) {
      throw new BadFile(
          ProblemCode.D101,
          "the footer says that it has " + length + " bytes, and the file has " + size);
    }
    return length;
  }

  /** The footer in these bytes as it is written. */
  static FileMetaData read(byte[] bytes, int from, int length, int most) {
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(bytes, from, length), most);
    } catch (IOException | RuntimeException wrong) {
      // The library throws whatever comes of bytes that are none.
      throw unreadable();
    }
  }

  /** The footer as the library knows it. */
  static ParquetMetadata parsed(FileMetaData footer) {
    try {
      return new ParquetMetadataConverter().fromParquetMetadata(footer);
    } catch (IOException | RuntimeException wrong) {
      throw unreadable();
    }
  }

  private static BadFile unreadable() {
    return new BadFile(ProblemCode.D101, "the footer of the file cannot be read");
  }

  /** Begins a file. */
  static void begin(byte[] file) {
    System.arraycopy(MAGIC, 0, file, 0, MAGIC.length);
  }

  /** The end of a file: the footer and what stands behind it. */
  static byte[] written(FileMetaData footer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
    bytes.writeBytes(tail.putInt(bytes.size()).put(MAGIC).array());
    return bytes.toByteArray();
  }
}
