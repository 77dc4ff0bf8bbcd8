package io.penstock.core.state;

import java.io.IOException;

/** Bytes of a state are not those that were written. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String message) {
    super(message);
  }

  /** Bytes from an offset of a file on have another checksum than those that were written. */
  static DamagedException at(String file, long offset, int expected, int actual) {
    return new DamagedException(
        "`%s` is damaged from offset %d: the CRC32C is %08x, not %08x"
            .formatted(file, offset, actual, expected));
  }

  /** A file has not as many bytes as were written. */
  static DamagedException length(Segment.InFile segment, long actual, int checksum) {
    return new DamagedException(
        "`%s` is damaged from offset %d: it has %d bytes, not %d; the CRC32C is %08x, not %08x"
            .formatted(
                segment.name(),
                Math.min(actual, segment.length()),
                actual,
                segment.length(),
                checksum,
                segment.checksum()));
  }
}
