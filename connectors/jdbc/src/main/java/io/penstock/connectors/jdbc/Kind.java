package io.penstock.connectors.jdbc;

/** Which database it is. */
public enum Kind {
  /** PostgreSQL, a server. */
  POSTGRESQL,
  /** H2, a file that one process has open. */
  H2;

  /** What is particular to it. */
  Dialect dialect() {
    return switch (this) {
      case POSTGRESQL -> new PostgreSql();
      case H2 -> new H2();
    };
  }
}
