package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.TooLong;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of one connection, cut into records. Where the framing is not given it is that of the
 * first byte: a digit begins a count. Single-threaded.
 */
final class Frames {
  private static final int MOST_DIGITS = 10;
  private static final int RAW = 1 << 20;

  private final int maxRecord;
  private Optional<Framing> framing;
  private byte[] bytes = new byte[1024];
  private int from;
  private int to;
  private int scanned;
  private boolean skipping;
  private boolean lost;

  Frames(Optional<Framing> framing, int maxRecord) {
    this.framing = framing;
    this.maxRecord = maxRecord;
  }

  /** Bytes that are a record, or why they are none. */
  record Frame(byte[] bytes, Optional<Arrived.Wrong> wrong) {}

  void add(ByteBuffer more) {
    int count = more.remaining();
    if (to + count > bytes.length) {
      byte[] room = to - from + count > bytes.length ? new byte[(to - from + count) * 2] : bytes;
      System.arraycopy(bytes, from, room, 0, to - from);
      scanned -= from;
      to -= from;
      from = 0;
      bytes = room;
    }
    more.get(bytes, to, count);
    to += count;
  }

  /** Whether nothing more can be made of the connection. */
  boolean isLost() {
    return lost;
  }

  /** The next record; empty where none is there whole. Empty lines are none. */
  Optional<Frame> next() {
    if (framing.isEmpty() && to > from) {
      boolean digit = bytes[from] >= '1' && bytes[from] <= '9';
      framing = Optional.of(digit ? Framing.OCTET_COUNTING : Framing.LINES);
    }
    if (lost || to == from) {
      return Optional.empty();
    }
    return framing.orElse(Framing.LINES) == Framing.LINES ? line() : counted();
  }

  private Optional<Frame> line() {
    for (scanned = Math.max(scanned, from); scanned < to; scanned++) {
      if (bytes[scanned] == '\n') {
        int begin = from;
        int end = scanned > begin && bytes[scanned - 1] == '\r' ? scanned - 1 : scanned;
        from = scanned + 1;
        if (skipping) {
          skipping = false;
        } else if (end > begin) {
          return Optional.of(record(begin, end));
        }
      }
    }
    if (to - from > maxRecord && !skipping) {
      skipping = true;
      Frame tooLong = bad(ProblemCode.D107, TooLong.message(maxRecord));
      from = to;
      return Optional.of(tooLong);
    }
    if (skipping) {
      from = to;
    }
    return Optional.empty();
  }

  private Frame record(int begin, int end) {
    byte[] copy = Arrays.copyOfRange(bytes, begin, end);
    return copy.length <= maxRecord
        ? new Frame(copy, Optional.empty())
        : new Frame(
            Arrays.copyOf(copy, Math.min(RAW, copy.length)),
            Optional.of(new Arrived.Wrong(ProblemCode.D107, TooLong.message(maxRecord))));
  }

  private Frame bad(ProblemCode code, String message) {
    byte[] raw = Arrays.copyOfRange(bytes, from, Math.min(to, from + RAW));
    return new Frame(raw, Optional.of(new Arrived.Wrong(code, message)));
  }

  private Optional<Frame> counted() {
    // Some write a line feed behind each message all the same.
    while (from < to && (bytes[from] == '\n' || bytes[from] == '\r')) {
      from++;
    }
    int at = from;
    long count = 0;
    while (at < to && at - from <= MOST_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
      count = count * 10 + bytes[at++] - '0';
    }
    if (at == to && at - from <= MOST_DIGITS) {
      return Optional.empty();
    }
    if (at == from || at - from > MOST_DIGITS || bytes[at] != ' ' || count == 0) {
      return Optional.of(giveUp(ProblemCode.D101, "before a message stands no count of its bytes"));
    }
    if (count > maxRecord) {
      return Optional.of(
          giveUp(
              ProblemCode.D107,
              "a message says that it has " + count + " bytes: " + TooLong.message(maxRecord)));
    }
    if (to - at - 1 < count) {
      return Optional.empty();
    }
    from = at + 1 + (int) count;
    return Optional.of(new Frame(Arrays.copyOfRange(bytes, at + 1, from), Optional.empty()));
  }

  private Frame giveUp(ProblemCode code, String why) {
    lost = true;
    return bad(code, why + "; the connection is closed");
  }

  /**
   * The bytes that are left when the connection has ended.
   *
   * @param broken whether it broke, so that the last record may not be whole
   */
  Optional<Frame> end(boolean broken) {
    if (lost || skipping || to == from) {
      return Optional.empty();
    }
    if (!broken && framing.orElse(Framing.LINES) == Framing.LINES) {
      int end = bytes[to - 1] == '\r' ? to - 1 : to;
      return end > from ? Optional.of(record(from, end)) : Optional.empty();
    }
    return Optional.of(bad(ProblemCode.D101, "the connection ended within a record"));
  }
}
