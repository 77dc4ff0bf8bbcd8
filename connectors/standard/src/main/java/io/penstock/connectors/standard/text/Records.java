package io.penstock.connectors.standard.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which lines make a record.
 *
 * @param kind what the pattern says
 * @param pattern found in a line or not
 * @param maxLines a record ends here whatever follows
 */
record Records(Kind kind, Pattern pattern, int maxLines) {
  /** What the pattern says of a line. */
  enum Kind {
    EACH_LINE,
    STARTS,
    CONTINUES,
    ENDS
  }

  static Records of(
      Optional<String> startsWith,
      Optional<String> continuesWith,
      Optional<String> endsWith,
      int maxLines) {
    if (startsWith.isPresent()) {
      return new Records(Kind.STARTS, Pattern.compile(startsWith.get()), maxLines);
    }
    if (continuesWith.isPresent()) {
      return new Records(Kind.CONTINUES, Pattern.compile(continuesWith.get()), maxLines);
    }
    return endsWith
        .map(pattern -> new Records(Kind.ENDS, Pattern.compile(pattern), maxLines))
        .orElseGet(() -> new Records(Kind.EACH_LINE, Pattern.compile(""), 1));
  }

  /** Whether a record ends before this line, which does not begin the file. */
  boolean endsBefore(byte[] bytes, int from, int to) {
    return switch (kind) {
      case EACH_LINE -> true;
      case STARTS -> found(bytes, from, to);
      case CONTINUES -> !found(bytes, from, to);
      case ENDS -> false;
    };
  }

  /** Whether a record ends with this line, whatever follows. */
  boolean endsWith(byte[] bytes, int from, int to) {
    return switch (kind) {
      case EACH_LINE -> true;
      case STARTS, CONTINUES -> false;
      case ENDS -> found(bytes, from, to);
    };
  }

  private boolean found(byte[] bytes, int from, int to) {
    return pattern.matcher(new String(bytes, from, to - from, StandardCharsets.UTF_8)).find();
  }
}
