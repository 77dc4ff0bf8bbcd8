package io.penstock.api.data;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads times by patterns whose fields all have a fixed number of digits, such as {@code yyyy-MM-dd
 * HH:mm}, without java.time's parser, which takes six times as long. What it does not read may
 * still be a time: java.time decides.
 */
final class FixedTimeText {
  private static final String LETTERS = "yMdHmsS";
  private static final int YEAR = 0;
  private static final int MONTH = 1;
  private static final int DAY = 2;
  private static final int HOUR = 3;
  private static final int MINUTE = 4;
  private static final int SECOND = 5;
  private static final int FRACTION = 6;

  private final List<Part> parts;
  private final int length;

  /** Some digits of a field, or a literal character (field -1). */
  private record Part(int field, int from, int count, char literal) {}

  private FixedTimeText(List<Part> parts, int length) {
    this.parts = List.copyOf(parts);
    this.length = length;
  }

  /** Empty where the pattern has other fields. */
  static Optional<FixedTimeText> of(String pattern) {
    List<Part> parts = new ArrayList<>();
    StringBuilder seen = new StringBuilder();
    int length = 0;
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (!Character.isLetter(c)) {
        if ("'[]{}#".indexOf(c) >= 0) {
          return Optional.empty();
        }
        parts.add(new Part(-1, length++, 1, c));
        at++;
        continue;
      }
      int end = at;
      while (end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      int field = LETTERS.indexOf(c == 'u' ? 'y' : c);
      int wanted = field == YEAR ? 4 : field == FRACTION ? Math.min(9, end - at) : 2;
      if (field < 0
          || end - at != wanted
          || seen.indexOf(LETTERS.substring(field, field + 1)) >= 0) {
        return Optional.empty();
      }
      seen.append(LETTERS.charAt(field));
      parts.add(new Part(field, length, end - at, c));
      length += end - at;
      at = end;
    }
    boolean whole = seen.indexOf("y") >= 0 && seen.indexOf("M") >= 0 && seen.indexOf("d") >= 0;
    boolean ordered =
        contains(seen, "m", "H") && contains(seen, "s", "m") && contains(seen, "S", "s");
    return whole && ordered ? Optional.of(new FixedTimeText(parts, length)) : Optional.empty();
  }

  private static boolean contains(StringBuilder seen, String finer, String coarser) {
    return seen.indexOf(finer) < 0 || seen.indexOf(coarser) >= 0;
  }

  /** Microseconds of a local time as if it were UTC, or {@link Times#NONE}. */
  long parseLocal(CharSequence text) {
    if (text.length() != length) {
      return Times.NONE;
    }
    int[] fields = new int[LETTERS.length()];
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      if (part.field < 0) {
        if (text.charAt(part.from) != part.literal) {
          return Times.NONE;
        }
        continue;
      }
      int value = 0;
      for (int i = part.from; i < part.from + part.count; i++) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return Times.NONE;
        }
        value = value * 10 + digit;
      }
      fields[part.field] = part.field == FRACTION ? micros(value, part.count) : value;
    }
    return local(fields);
  }

  /**
   * Microseconds of a local time in a zone: skipped ones shift forward, of repeated the earlier.
   */
  static long inZone(long local, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    long seconds = Math.floorDiv(local, Times.MICROS_PER_SECOND);
    ZoneOffset offset = rules.getOffset(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
    return local - offset.getTotalSeconds() * Times.MICROS_PER_SECOND;
  }

  private static long local(int[] fields) {
    boolean fits =
        fields[YEAR] > 0 && fields[HOUR] < 24 && fields[MINUTE] < 60 && fields[SECOND] < 60;
    long days = Times.days(fields[YEAR], fields[MONTH], fields[DAY]);
    if (!fits || days == Times.NONE) {
      return Times.NONE;
    }
    long seconds = fields[HOUR] * 3600L + fields[MINUTE] * 60L + fields[SECOND];
    return days * Times.MICROS_PER_DAY + seconds * Times.MICROS_PER_SECOND + fields[FRACTION];
  }

  private static int micros(int value, int digits) {
    int micros = value;
    for (int i = digits; i < 6; i++) {
      micros *= 10;
    }
    for (int i = digits; i > 6; i--) {
      micros /= 10;
    }
    return micros;
  }
}
