package io.penstock.connectors.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** What an error of a database is about, told by its state. */
enum SqlState {
  /** The row itself: a value that does not fit, a rule of the table. */
  ROW,
  /** Others stood in the way: the same again may succeed. */
  PASSING,
  /** The server, or the way to it, is away. */
  AWAY,
  /** Nothing that time heals. */
  LASTING;

  // Deadlock, serialisation, a lock that was not to be had, a statement that took too long.
  private static final Set<String> OTHERS =
      Set.of("40001", "40P01", "40000", "55P03", "57014", "HYT00", "90131", "50200", "50201");
  // The server shuts down, has crashed, begins; it has no room, or no connection left.
  private static final Set<String> SERVER =
      Set.of("57P01", "57P02", "57P03", "57P05", "53000", "53100", "53200", "53300");

  /** What this error is about. */
  static SqlState of(SQLException error) {
    for (SQLException at = error; at != null; at = next(at)) {
      String state = at.getSQLState();
      if (state != null && !state.isEmpty()) {
        return of(state);
      }
    }
    return error instanceof java.sql.SQLTransientConnectionException ? AWAY : LASTING;
  }

  private static SQLException next(SQLException error) {
    if (error.getNextException() != null) {
      return error.getNextException();
    }
    return error.getCause() instanceof SQLException cause ? cause : null;
  }

  private static SqlState of(String state) {
    if (OTHERS.contains(state)) {
      return PASSING;
    }
    if (SERVER.contains(state) || state.startsWith("08")) {
      return AWAY;
    }
    // P0001 is what triggers raise; 44 a view's own rule.
    boolean row = state.startsWith("22") || state.startsWith("23") || state.startsWith("44");
    return row || state.equals("P0001") ? ROW : LASTING;
  }

  /** Whether trying again later may help. */
  boolean mayPass() {
    return this == PASSING || this == AWAY;
  }

  /** The first error that says what happened; drivers wrap it in others. */
  static SQLException told(SQLException error) {
    SQLException told = error;
    for (SQLException at = error; at != null; at = next(at)) {
      if (at.getSQLState() != null) {
        told = at;
      }
    }
    return told;
  }
}
