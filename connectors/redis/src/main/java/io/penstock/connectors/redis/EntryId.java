package io.penstock.connectors.redis;

import java.util.Optional;

/**
 * The id of an entry as one number, in the order of ids: the milliseconds, then 20 bits for the
 * entry among those of its millisecond.
 */
final class EntryId {
  private static final int BITS = 20;
  private static final long MOST_MILLIS = (1L << (62 - BITS)) - 1;
  private static final long MOST_SEQUENCE = (1L << BITS) - 1;

  private EntryId() {}

  /** The number of an id as the server writes it; empty where it is past what a number holds. */
  static Optional<Long> number(String id) {
    int dash = id.indexOf('-');
    try {
      long millis = Long.parseLong(id, 0, dash < 0 ? id.length() : dash, 10);
      long sequence = dash < 0 ? 0 : Long.parseLong(id, dash + 1, id.length(), 10);
      boolean fits =
          millis >= 0 && millis <= MOST_MILLIS && sequence >= 0 && sequence <= MOST_SEQUENCE;
      return fits ? Optional.of(millis << BITS | sequence) : Optional.empty();
    } catch (NumberFormatException large) {
      return Optional.empty();
    }
  }

  /** The number of the first id of a millisecond. */
  static long first(long millis) {
    return Math.max(0, Math.min(MOST_MILLIS, millis)) << BITS;
  }

  /** The id of a number. */
  static String text(long number) {
    return (number >>> BITS) + "-" + (number & MOST_SEQUENCE);
  }

  /** The id right before that of a number, for the server, which begins behind an id. */
  static String before(long number) {
    if (number == 0) {
      return "0-0";
    }
    // The server knows more ids of a millisecond than have a number; no entry has one of those.
    return text(number - 1);
  }

  /** The milliseconds since 1970. */
  static long millis(long number) {
    return number >>> BITS;
  }
}
