package io.penstock.connectors.standard.log;

import java.util.List;

/** Where a message of syslog comes from and how grave it is: a number before it. */
record Priority(int number) {
  private static final List<String> FACILITIES =
      List.of(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp",
          "ntp",
          "audit",
          "alert",
          "clock",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");
  private static final List<String> SEVERITIES =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

  static final int COUNT = FACILITIES.size() * SEVERITIES.size();

  /** What is written where nothing is said, as RFC 3164 has it: user, notice. */
  static final String FACILITY = "user";

  static final String SEVERITY = "notice";

  String facility() {
    return FACILITIES.get(number / SEVERITIES.size());
  }

  String severity() {
    return SEVERITIES.get(number % SEVERITIES.size());
  }

  /** By names; throws {@link BadRecord} where one is none. */
  static Priority of(String facility, String severity) {
    return new Priority(
        index("facility", FACILITIES, facility) * SEVERITIES.size()
            + index("severity", SEVERITIES, severity));
  }

  private static int index(String field, List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new BadRecord(
          io.penstock.api.problem.ProblemCode.D301,
          "`" + field + "` must be one of " + String.join(", ", names) + ", not `" + name + "`");
    }
    return index;
  }
}
