package io.penstock.connectors.jdbc;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The driver's own settings that may be given: those of pace, and whether it fetches a key. */
final class DriverProperties {
  private static final List<String> CODE =
      List.of("factory", "factoryarg", "plugin", "classname", "init", "callback", "logger");

  private DriverProperties() {}

  /** Reports what may not be given. */
  static void check(Map<String, String> given, Kind kind, Checks checks) {
    List<String> allowed = kind.dialect().properties();
    for (String name : given.keySet()) {
      if (!allowed.contains(name)) {
        checks.problem(ProblemCode.E104, "properties", why(name, kind), hint(name, allowed));
      }
    }
  }

  private static String why(String name, Kind kind) {
    String refused = "`properties` may not set `" + name + "`: ";
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("ssl") || lower.equals("user") || lower.equals("password")) {
      return refused + "who asks and how it is kept secret is said by `auth` and `tls`";
    }
    if (CODE.stream().anyMatch(lower::contains)) {
      return refused + "it would run code or open files of others";
    }
    return refused
        + "it is none of the settings of pace of the driver for "
        + kind.word()
        + ", and the engine sees to the rest";
  }

  private static String hint(String name, List<String> allowed) {
    return Nearest.to(name, allowed)
        .map(near -> "did you mean `" + near + "`?")
        .orElse(allowed.isEmpty() ? "leave it out" : "allowed are " + String.join(", ", allowed));
  }
}
