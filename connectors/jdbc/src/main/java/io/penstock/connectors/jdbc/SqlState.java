package io.penstock.connectors.jdbc;

import java.io.EOFException;
import java.net.SocketException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final int LONGEST = 8;
  // The way broke as the connection was made: by a server that ends, or begins.
  private static final String BROKEN = "08006";
  // Deadlock, serialisation, a lock that was not to be had, a statement that took too long.
  private static final Set<String> OTHERS =
      Set.of("40001", "40P01", "40000", "55P03", "57014", "HYT00", "90131", "50200", "50201");
  // The server shuts down, has crashed, begins; it has no room, or no connection left.
  private static final Set<String> SERVER =
      Set.of("57P01", "57P02", "57P03", "57P05", "53000", "53100", "53200", "53300");

  /** What this error is about. */
  static SqlState of(SQLException error) {
    for (SQLException at : chain(error)) {
      String state = at.getSQLState();
      String text = at.getMessage();
      if (text != null && text.contains("maxResultBuffer")) {
        // A row that is too long is told as if the way were broken.
        return LASTING;
      }
      Optional<SqlState> byNumber = MariaDbErrors.of(at.getErrorCode());
      if (byNumber.isPresent()) {
        return byNumber.get();
      }
      if (state != null && !state.isEmpty()) {
        return of(state);
      }
    }
    return error instanceof SQLTransientConnectionException ? AWAY : LASTING;
  }

  // Drivers and pools wrap what happened in what came of it.
  private static List<SQLException> chain(SQLException error) {
    List<SQLException> chain = new ArrayList<>();
    Optional<SQLException> at = Optional.of(error);
    while (at.isPresent() && chain.size() < LONGEST) {
      chain.add(at.get());
      SQLException here = at.get();
      at =
          Optional.ofNullable(here.getNextException())
              .or(
                  () ->
                      here.getCause() instanceof SQLException cause
                          ? Optional.of(cause)
                          : Optional.empty());
    }
    return chain;
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

  /** Whether the server is there, and about to take connections. */
  static boolean isBeginning(SQLException error) {
    if (Failure.isOfTls(error)) {
      return false;
    }
    SQLException told = told(error);
    String state = told.getSQLState();
    if (MariaDbErrors.of(told.getErrorCode()).filter(AWAY::equals).isPresent()) {
      return true;
    }
    return state != null && (SERVER.contains(state) || state.equals(BROKEN) || isCutOff(error));
  }

  // Somebody took the connection and let it go again; nobody there is another exception.
  private static boolean isCutOff(Throwable error) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < LONGEST; depth++) {
      if (at instanceof EOFException || at.getClass() == SocketException.class) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** The innermost error that says what happened. */
  static SQLException told(SQLException error) {
    SQLException told = error;
    for (SQLException at : chain(error)) {
      if (at.getSQLState() != null) {
        told = at;
      }
    }
    return told;
  }
}
