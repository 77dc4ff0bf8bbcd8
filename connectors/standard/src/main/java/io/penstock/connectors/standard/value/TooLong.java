package io.penstock.connectors.standard.value;

/** What is said of a record past the limit. */
public final class TooLong {
  private TooLong() {}

  public static String message(int maxRecord) {
    return "the record is longer than " + maxRecord + " bytes, the limit of `max_record`";
  }
}
