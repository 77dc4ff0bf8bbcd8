package io.penstock.connectors.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * What errors of MariaDB and MySQL are about, told by their numbers, since most have the state
 * {@code HY000}. No other driver here uses these numbers.
 */
final class MariaDbErrors {
  // Lock wait timeout, deadlock, record changed since last read, statement took too long.
  private static final Set<Integer> PASSING = Set.of(1205, 1213, 1020, 1969, 3024, 1317);
  // Disk full, too many connections, out of resources, table full, shutdown, killed, read only.
  private static final Set<Integer> AWAY =
      Set.of(1021, 1040, 1041, 1053, 1114, 1203, 1226, 1290, 1836, 1927, 2006, 2013);
  // Wrong string, cut values, no partition, raised by a trigger, a check, a view's own rule.
  private static final Set<Integer> ROW =
      Set.of(1265, 1366, 1369, 1526, 1644, 1748, 3140, 3819, 4025);

  private MariaDbErrors() {}

  /** What this error is about; empty where its state tells. */
  static Optional<SqlState> of(int number) {
    if (PASSING.contains(number)) {
      return Optional.of(SqlState.PASSING);
    }
    if (AWAY.contains(number)) {
      return Optional.of(SqlState.AWAY);
    }
    return ROW.contains(number) ? Optional.of(SqlState.ROW) : Optional.empty();
  }

  /** Whether the server knows who asks, and does not allow it. */
  static boolean isRefusal(int number) {
    return state(number, "").equals("42501");
  }

  /** Whether the driver keeps a password to itself, since nothing would hide it on its way. */
  static boolean isUnhidden(SQLException told) {
    String text = told.getMessage();
    return text != null && text.contains("RSA public key is not available");
  }

  /** The state that says the same elsewhere; the given one where there is none. */
  static String state(int number, String given) {
    return switch (number) {
      case 1045 -> "28000";
      case 1049 -> "3D000";
      case 1044, 1142, 1143, 1227, 1370 -> "42501";
      case 1146 -> "42P01";
      default -> given;
    };
  }
}
