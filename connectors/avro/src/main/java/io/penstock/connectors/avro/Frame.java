package io.penstock.connectors.avro;

import io.penstock.api.problem.ProblemCode;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of a file, with what stands around its records.
 *
 * @param from where its bytes begin
 * @param to where they end
 * @param end where the next block begins
 * @param count how many records it says it has
 * @param damage what is wrong, where it cannot be read
 */
record Frame(int from, int to, int end, long count, Optional<BadDatum> damage) {

  /**
   * The block that begins here. A damaged one ends behind the next marker, if there is one.
   *
   * @param sync the marker that blocks end with; empty where the header was not seen, and then any
   *     is taken
   * @param most how many bytes it may have at most
   * @return empty where it is not whole
   */
  static Optional<Frame> at(byte[] bytes, int at, int to, Optional<byte[]> sync, int most) {
    Cursor in = new Cursor();
    in.reset(bytes, at, to);
    try {
      long count = in.readLong();
      long size = in.readLong();
      if (count < 0 || size < 0) {
        return damaged(
            bytes,
            at,
            to,
            sync,
            ProblemCode.D101,
            "a block says that it has " + count + " records in " + size + " bytes");
      }
      if (size > most) {
        return damaged(
            bytes,
            at,
            to,
            sync,
            ProblemCode.D107,
            "a block says that it has " + size + " bytes, and `max_record` is " + most);
      }
      if (size + FileHeader.SYNC > in.left()) {
        return Optional.empty();
      }
      int from = in.at();
      int end = (int) (from + size);
      if (sync.isPresent() && !isMarker(bytes, end, sync.get())) {
        return damaged(
            bytes,
            at,
            to,
            sync,
            ProblemCode.D101,
            "the marker of the file does not stand behind a block");
      }
      return Optional.of(new Frame(from, end, end + FileHeader.SYNC, count, Optional.empty()));
    } catch (BadDatum wrong) {
      return wrong.isCutOff()
          ? Optional.empty()
          : damaged(bytes, at, to, sync, wrong.code(), "a block begins with no number of records");
    }
  }

  /** A block of which the end is not there: up to the next marker, or to the end of the file. */
  static Frame cutOff(byte[] bytes, int at, int to, Optional<byte[]> sync) {
    BadDatum wrong = new BadDatum(ProblemCode.D101, "the file ends within a block");
    return damaged(
            bytes, at, to, sync, ProblemCode.D101, "a block says that it is longer than it is")
        .orElse(new Frame(at, to, to, 0, Optional.of(wrong)));
  }

  private static Optional<Frame> damaged(
      byte[] bytes, int at, int to, Optional<byte[]> sync, ProblemCode code, String text) {
    BadDatum wrong =
        new BadDatum(code, text + "; its records are lost, reading goes on behind the next marker");
    for (int i = at + 1; sync.isPresent() && i <= to - FileHeader.SYNC; i++) {
      if (isMarker(bytes, i, sync.get())) {
        int end = i + FileHeader.SYNC;
        return Optional.of(new Frame(at, end, end, 0, Optional.of(wrong)));
      }
    }
    return Optional.empty();
  }

  private static boolean isMarker(byte[] bytes, int at, byte[] sync) {
    return Arrays.equals(bytes, at, at + FileHeader.SYNC, sync, 0, FileHeader.SYNC);
  }
}
