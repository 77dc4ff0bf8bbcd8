package io.penstock.core.expression.function;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;

/** Packs bytes, and unpacks them within limits, all members and each with its check. */
final class GzipBytes {
  private static final int TRAILER = 8;
  private static final int HEADER = 10;
  private static final int HAS_CHECK = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final byte[] packed;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private int at;

  private GzipBytes(byte[] packed) {
    this.packed = packed;
  }

  static byte[] pack(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  static byte[] unpack(byte[] packed) {
    GzipBytes members = new GzipBytes(packed);
    do {
      members.header();
      members.member();
    } while (members.at < packed.length);
    return members.plain.toByteArray();
  }

  private void header() {
    if (unsigned(at) != 0x1f || unsigned(at + 1) != 0x8b || unsigned(at + 2) != 8) {
      throw wrong(at == 0 ? "it does not begin as gzip does" : "something else follows its end");
    }
    int flags = unsigned(at + 3);
    at += HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      at += 2 + unsigned(at) + (unsigned(at + 1) << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    at += (flags & HAS_CHECK) != 0 ? 2 : 0;
    unsigned(at);
  }

  private void skipText() {
    while (unsigned(at) != 0) {
      at++;
    }
    at++;
  }

  private void member() {
    Inflater inflater = new Inflater(true);
    CRC32 check = new CRC32();
    byte[] buffer = new byte[8 << 10];
    try {
      inflater.setInput(packed, at, packed.length - at);
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw wrong("it is cut off");
        }
        if (plain.size() + count > Failure.MAX_TEXT_BYTES) {
          throw new EvaluationException(
              ProblemCode.D208, "the unpacked bytes would be more than 16 MiB");
        }
        check.update(buffer, 0, count);
        plain.write(buffer, 0, count);
      }
      at = packed.length - inflater.getRemaining();
      trailer(check.getValue(), inflater.getBytesWritten());
    } catch (DataFormatException broken) {
      throw wrong("it is damaged");
    } finally {
      inflater.end();
    }
  }

  private void trailer(long check, long size) {
    if (number(at) != check || number(at + 4) != (size & 0xFFFF_FFFFL)) {
      throw wrong("its checksum is wrong");
    }
    at += TRAILER;
  }

  private long number(int from) {
    return unsigned(from)
        | unsigned(from + 1) << 8
        | unsigned(from + 2) << 16
        | (long) unsigned(from + 3) << 24;
  }

  private int unsigned(int index) {
    if (index >= packed.length) {
      throw wrong("it is cut off");
    }
    return packed[index] & 0xFF;
  }

  private static EvaluationException wrong(String why) {
    return new EvaluationException(ProblemCode.D205, "the bytes are no gzip: " + why);
  }
}
