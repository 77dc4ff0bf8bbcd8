package io.penstock.core.expression.function;

import java.util.Optional;

/** Reads the texts of IP addresses; never asks a name server. */
final class Addresses {
  private static final int GROUPS = 8;

  private Addresses() {}

  static byte[] parse(String text) {
    return read(text)
        .orElseThrow(() -> Failure.text(text, "address such as 10.1.2.3 or 2001:db8::1"));
  }

  /** The 4 or 16 bytes of an address. */
  static Optional<byte[]> read(String text) {
    return text.indexOf(':') < 0 ? four(text) : six(text);
  }

  private static Optional<byte[]> four(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[4];
    for (int i = 0; i < parts.length; i++) {
      boolean fits = parts.length == 4 && parts[i].matches("0|[1-9][0-9]{0,2}");
      if (!fits || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return parts.length == 4 ? Optional.of(bytes) : Optional.empty();
  }

  private static Optional<byte[]> six(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, GROUPS).filter(bytes -> bytes.length == 2 * GROUPS);
    }
    String left = text.substring(0, gap);
    String right = text.substring(gap + 2);
    Optional<byte[]> first = groups(left, GROUPS - 1);
    Optional<byte[]> last = groups(right, GROUPS - 1);
    if (first.isEmpty()
        || last.isEmpty()
        || first.get().length + last.get().length > 2 * (GROUPS - 1)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[2 * GROUPS];
    System.arraycopy(first.get(), 0, bytes, 0, first.get().length);
    int at = bytes.length - last.get().length;
    System.arraycopy(last.get(), 0, bytes, at, last.get().length);
    return Optional.of(bytes);
  }

  /** Groups between colons, the last of which may be an address of version 4. */
  private static Optional<byte[]> groups(String text, int most) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * GROUPS + 4];
    int size = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      Optional<byte[]> part = last && parts[i].indexOf('.') >= 0 ? four(parts[i]) : group(parts[i]);
      if (part.isEmpty() || size + part.get().length > 2 * most) {
        return Optional.empty();
      }
      System.arraycopy(part.get(), 0, bytes, size, part.get().length);
      size += part.get().length;
    }
    return Optional.of(java.util.Arrays.copyOf(bytes, size));
  }

  private static Optional<byte[]> group(String text) {
    if (!text.matches("[0-9a-fA-F]{1,4}")) {
      return Optional.empty();
    }
    int value = Integer.parseInt(text, 16);
    return Optional.of(new byte[] {(byte) (value >> 8), (byte) value});
  }
}
