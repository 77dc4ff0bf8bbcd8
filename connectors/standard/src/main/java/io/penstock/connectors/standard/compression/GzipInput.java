package io.penstock.connectors.standard.compression;

import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip, any number of members one after the other. The JDK's stream is not used, because it
 * passes over what follows the last member.
 */
final class GzipInput implements ByteInput {
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final ByteInput packed;
  private final byte[] buffer = new byte[1 << 16];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private int at;
  private int end;
  private boolean inMember;
  private boolean ended;
  private long members;
  private long unpacked;

  GzipInput(ByteInput packed) {
    this.packed = packed;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int count = inflate(into, offset, length);
      if (count > 0) {
        checksum.update(into, offset, count);
        unpacked += count;
        Expansion.check(packed.consumed(), unpacked);
        return count;
      }
      endMember();
    }
    return -1;
  }

  /** Unpacks something; 0 where the member ends. */
  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(into, offset, length);
        if (count > 0 || inflater.finished()) {
          return count;
        }
        if (at == end && !fill()) {
          throw damaged("the file is cut off");
        }
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
    } catch (DataFormatException wrong) {
      throw damaged("the compressed bytes are damaged");
    }
  }

  private boolean beginMember() throws IOException {
    if (at == end && !fill()) {
      if (members == 0) {
        throw damaged("the file is empty and so no gzip");
      }
      return false;
    }
    boolean magic = next() == 0x1f && next() == 0x8b && next() == 8;
    if (!magic) {
      throw damaged(members == 0 ? "the file is no gzip" : "something follows that is no gzip");
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    for (int flag : new int[] {NAME, COMMENT}) {
      if ((flags & flag) != 0) {
        skipText();
      }
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    inMember = true;
    members++;
    return true;
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // The file's name or a comment, ended by a zero.
    }
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long expected = next4();
    long size = next4();
    if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw damaged("the checksum is wrong");
    }
    inMember = false;
  }

  private long next4() throws IOException {
    return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private int next() throws IOException {
    if (at == end && !fill()) {
      throw damaged("the file is cut off");
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, packed.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private static DamagedException damaged(String message) {
    return new DamagedException(ProblemCode.D108, message);
  }

  @Override
  public long consumed() {
    return packed.consumed();
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
