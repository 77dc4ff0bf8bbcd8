package io.penstock.connectors.parquet;

import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** What stands at the end of a file. */
final class Footer {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 8;

  private Footer() {}

  /** Reads it; a file that is none is thrown. */
  static ParquetMetadata read(byte[] bytes, int from, int to) {
    if (from == to) {
      throw new BadFile(ProblemCode.D101, "the file is empty, and so no Parquet");
    }
    if (to - from < TAIL + MAGIC.length || !is(MAGIC, bytes, from)) {
      boolean encrypted = to - from > TAIL && is(ENCRYPTED, bytes, from);
      throw new BadFile(
          ProblemCode.D101,
          encrypted
              ? "the file is encrypted, which is not read"
              : "the file is no Parquet: it does not begin with `PAR1`");
    }
    if (!is(MAGIC, bytes, to - MAGIC.length)) {
      throw new BadFile(
          ProblemCode.D101, "the file does not end with `PAR1`: it is cut off or damaged");
    }
    int length = ByteBuffer.wrap(bytes, to - TAIL, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length <= 0 || length > to - from - TAIL - MAGIC.length) {
      throw new BadFile(
          ProblemCode.D101,
          "the footer says that it has " + length + " bytes, and the file has " + (to - from));
    }
    try {
      return new ParquetMetadataConverter()
          .fromParquetMetadata(
              Util.readFileMetaData(new ByteArrayInputStream(bytes, to - TAIL - length, length)));
    } catch (IOException | RuntimeException wrong) {
      // The library throws whatever comes of bytes that are none.
      throw new BadFile(ProblemCode.D101, "the footer of the file cannot be read");
    }
  }

  private static boolean is(byte[] magic, byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + magic.length, magic, 0, magic.length);
  }
}
