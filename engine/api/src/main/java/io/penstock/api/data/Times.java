package io.penstock.api.data;

import java.nio.charset.StandardCharsets;

/**
 * The canonical texts of times, read and written digit by digit: timestamps as RFC 3339 in UTC,
 * dates as ISO 8601, durations as ISO 8601 from weeks down to seconds. Fractions beyond
 * microseconds are cut off. Readers give {@link #NONE} for any other text.
 */
public final class Times {
  /** What a text that is no time is read as; no time has this value. */
  public static final long NONE = Long.MIN_VALUE;

  /** How many bytes the longest text needs. */
  public static final int MAX_LENGTH = 40;

  public static final long MICROS_PER_SECOND = 1_000_000L;
  public static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 8;

  private Times() {}

  /** Reads {@code 2026-01-02T03:04:05.678Z} to microseconds since 1970, or {@link #NONE}. */
  public static long parseTimestamp(CharSequence text) {
    byte[] ascii = ascii(text);
    return parseTimestamp(ascii, 0, ascii.length);
  }

  /**
   * Reads RFC 3339 with a zone; a blank may stand for the {@code T}, a comma for the point.
   *
   * @return microseconds since 1970, or {@link #NONE}
   */
  public static long parseTimestamp(byte[] text, int from, int to) {
    int zone = from + DATE_LENGTH + 1 + TIME_LENGTH;
    if (to <= zone) {
      return NONE;
    }
    long days = parseDate(text, from, from + DATE_LENGTH);
    byte separator = text[from + DATE_LENGTH];
    long seconds = timeOfDay(text, from + DATE_LENGTH + 1);
    if (days == NONE || seconds < 0 || separator != 'T' && separator != 't' && separator != ' ') {
      return NONE;
    }
    long micros = 0;
    if (text[zone] == '.' || text[zone] == ',') {
      int end = digitsEnd(text, zone + 1, to);
      if (end == zone + 1) {
        return NONE;
      }
      micros = fraction(text, zone + 1, end);
      zone = end;
    }
    long offset = offsetSeconds(text, zone, to);
    if (offset == NONE) {
      return NONE;
    }
    return days * MICROS_PER_DAY + (seconds - offset) * MICROS_PER_SECOND + micros;
  }

  /** Reads {@code 2026-01-02} to days since 1970, or {@link #NONE}. */
  public static long parseDate(CharSequence text) {
    byte[] ascii = ascii(text);
    return parseDate(ascii, 0, ascii.length);
  }

  /** Reads {@code 2026-01-02} to days since 1970, or {@link #NONE}. */
  public static long parseDate(byte[] text, int from, int to) {
    if (to - from != DATE_LENGTH || text[from + 4] != '-' || text[from + 7] != '-') {
      return NONE;
    }
    int high = twoDigits(text, from);
    int low = twoDigits(text, from + 2);
    int month = twoDigits(text, from + 5);
    int day = twoDigits(text, from + 8);
    if (high < 0 || low < 0) {
      return NONE;
    }
    return days(high * 100 + low, month, day);
  }

  /** Days since 1970 of a day of the proleptic ISO calendar, or {@link #NONE}. */
  public static long days(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) {
      return NONE;
    }
    // Years begin with March here, so that the leap day is the last one.
    long shifted = month > 2 ? year : year - 1L;
    long era = Math.floorDiv(shifted, 400L);
    long yearOfEra = shifted - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }

  /** Reads {@code P1DT2H3M4.5S}, a sign before the {@code P}, to microseconds; or NONE. */
  public static long parseDuration(CharSequence text) {
    byte[] ascii = ascii(text);
    return DurationText.parse(ascii);
  }

  /** A timestamp as text. */
  public static String timestamp(long micros) {
    byte[] text = new byte[MAX_LENGTH];
    return new String(text, 0, writeTimestamp(micros, text, 0), StandardCharsets.ISO_8859_1);
  }

  /** A date as text. */
  public static String date(long days) {
    byte[] text = new byte[MAX_LENGTH];
    return new String(text, 0, writeDate(days, text, 0), StandardCharsets.ISO_8859_1);
  }

  /** A duration as text. */
  public static String duration(long micros) {
    byte[] text = new byte[MAX_LENGTH];
    return new String(text, 0, writeDuration(micros, text, 0), StandardCharsets.ISO_8859_1);
  }

  /** Appends a piece: a timestamp as text. */
  public static void appendTimestamp(BytesBuilder to, long micros) {
    byte[] text = new byte[MAX_LENGTH];
    to.append(text, 0, writeTimestamp(micros, text, 0));
  }

  /** Appends a piece: a date as text. */
  public static void appendDate(BytesBuilder to, long days) {
    byte[] text = new byte[MAX_LENGTH];
    to.append(text, 0, writeDate(days, text, 0));
  }

  /** Appends a piece: a duration as text. */
  public static void appendDuration(BytesBuilder to, long micros) {
    byte[] text = new byte[MAX_LENGTH];
    to.append(text, 0, writeDuration(micros, text, 0));
  }

  /**
   * Writes a timestamp with as many digits of its fraction as it needs.
   *
   * @param to has {@link #MAX_LENGTH} bytes of room behind {@code at}
   * @return where the text ends
   */
  public static int writeTimestamp(long micros, byte[] to, int at) {
    long days = Math.floorDiv(micros, MICROS_PER_DAY);
    long rest = micros - days * MICROS_PER_DAY;
    int seconds = (int) (rest / MICROS_PER_SECOND);
    int end = writeDate(days, to, at);
    to[end++] = 'T';
    end = twoDigits(seconds / 3600, to, end);
    to[end++] = ':';
    end = twoDigits(seconds / 60 % 60, to, end);
    to[end++] = ':';
    end = twoDigits(seconds % 60, to, end);
    end = writeFraction((int) (rest % MICROS_PER_SECOND), to, end);
    to[end++] = 'Z';
    return end;
  }

  /**
   * Writes a date; years outside 0000 to 9999 have a sign.
   *
   * @param to has {@link #MAX_LENGTH} bytes of room behind {@code at}
   * @return where the text ends
   */
  public static int writeDate(long days, byte[] to, int at) {
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fromMarch = (5 * dayOfYear + 2) / 153;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int end = writeYear(year, to, at);
    to[end++] = '-';
    end = twoDigits(month, to, end);
    to[end++] = '-';
    return twoDigits(dayOfYear - (153 * fromMarch + 2) / 5 + 1, to, end);
  }

  /**
   * Writes a duration in hours, minutes and seconds, such as {@code PT1H30M} or {@code -PT0.5S}.
   *
   * @param to has {@link #MAX_LENGTH} bytes of room behind {@code at}
   * @return where the text ends
   */
  public static int writeDuration(long micros, byte[] to, int at) {
    return DurationText.write(micros, to, at);
  }

  static int writeFraction(int micros, byte[] to, int at) {
    if (micros == 0) {
      return at;
    }
    int end = at;
    to[end++] = '.';
    int rest = micros;
    for (int unit = 100_000; rest > 0; unit /= 10) {
      to[end++] = (byte) ('0' + rest / unit);
      rest %= unit;
    }
    return end;
  }

  /** The first place from here that holds no digit. */
  static int digitsEnd(byte[] text, int from, int to) {
    int end = from;
    while (end < to && text[end] >= '0' && text[end] <= '9') {
      end++;
    }
    return end;
  }

  /** The microseconds of the digits behind a point. */
  static long fraction(byte[] text, int from, int end) {
    long micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = micros * 10 + (from + i < end ? text[from + i] - '0' : 0);
    }
    return micros;
  }

  static byte[] ascii(CharSequence text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      bytes[i] = c < 0x80 ? (byte) c : (byte) '?';
    }
    return bytes;
  }

  private static int writeYear(long year, byte[] to, int at) {
    if (year >= 0 && year <= 9999) {
      return twoDigits((int) year % 100, to, twoDigits((int) year / 100, to, at));
    }
    int end = at;
    to[end++] = (byte) (year < 0 ? '-' : '+');
    String digits = Long.toString(Math.abs(year));
    for (int i = digits.length(); i < 4; i++) {
      to[end++] = '0';
    }
    for (int i = 0; i < digits.length(); i++) {
      to[end++] = (byte) digits.charAt(i);
    }
    return end;
  }

  /** Seconds of the day from {@code hh:mm:ss}, or -1; a leap second is the next minute's first. */
  private static long timeOfDay(byte[] text, int at) {
    int hour = twoDigits(text, at);
    int minute = twoDigits(text, at + 3);
    int second = twoDigits(text, at + 6);
    boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
    if (!valid || second > 60 || text[at + 2] != ':' || text[at + 5] != ':') {
      return -1;
    }
    return hour * 3600L + minute * 60L + second;
  }

  /** The offset that the text names up to its end, or NONE. */
  private static long offsetSeconds(byte[] text, int from, int to) {
    if (to - from == 1) {
      return text[from] == 'Z' || text[from] == 'z' ? 0 : NONE;
    }
    if (to - from != 6 || text[from + 3] != ':') {
      return NONE;
    }
    int hours = twoDigits(text, from + 1);
    int minutes = twoDigits(text, from + 4);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return NONE;
    }
    long seconds = hours * 3600L + minutes * 60L;
    if (text[from] == '+') {
      return seconds;
    }
    return text[from] == '-' ? -seconds : NONE;
  }

  private static int twoDigits(byte[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static int twoDigits(int value, byte[] to, int at) {
    to[at] = (byte) ('0' + value / 10);
    to[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  private static int lengthOfMonth(int year, int month) {
    if (month == 2) {
      boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
}
