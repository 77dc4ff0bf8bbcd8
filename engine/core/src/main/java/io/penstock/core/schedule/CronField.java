package io.penstock.core.schedule;

/** A field of a cron expression, in the order in which they are written. */
enum CronField {
  MINUTE("minute", "minutes are 0 to 59"),
  HOUR("hour", "hours are 0 to 23"),
  DAY_OF_MONTH("day of the month", "days of the month are 1 to 31"),
  MONTH("month", "months are 1 to 12 or JAN to DEC"),
  DAY_OF_WEEK("day of the week", "days of the week are 0 to 7 (0 and 7 are Sunday) or SUN to SAT");

  private final String words;
  private final String range;

  CronField(String words, String range) {
    this.words = words;
    this.range = range;
  }

  /** As a person calls it. */
  String words() {
    return words;
  }

  /** Which values it takes. */
  String range() {
    return range;
  }

  /** An expression in which this field alone says something. */
  String alone(String value) {
    StringBuilder all = new StringBuilder();
    for (CronField field : values()) {
      all.append(field == MINUTE ? "" : " ").append(field == this ? value : "*");
    }
    return all.toString();
  }
}
