package io.penstock.connectors.protobuf;

/** The lengths that stand before messages of a file: seven bits in a byte, the lowest first. */
final class Lengths {
  /** There are not enough bytes. */
  static final int CUT_OFF = -1;

  /** The bytes are no length of a message. */
  static final int BROKEN = -2;

  private static final int MOST_BYTES = 5;

  private Lengths() {}

  /** The length that begins here, or {@link #CUT_OFF} or {@link #BROKEN}. */
  static int read(byte[] bytes, int at, int to) {
    long length = 0;
    for (int i = 0; i < MOST_BYTES; i++) {
      if (at + i >= to) {
        return CUT_OFF;
      }
      byte b = bytes[at + i];
      length |= (b & 0x7fL) << 7 * i;
      if (b >= 0) {
        return length > Integer.MAX_VALUE ? BROKEN : (int) length;
      }
    }
    return BROKEN;
  }

  /** How many bytes a length takes. */
  static int size(int length) {
    int size = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  /** How many bytes the length takes that begins here and was read. */
  static int sizeAt(byte[] bytes, int at) {
    int size = 1;
    while (bytes[at + size - 1] < 0) {
      size++;
    }
    return size;
  }
}
