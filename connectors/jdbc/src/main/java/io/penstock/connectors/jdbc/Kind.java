package io.penstock.connectors.jdbc;

import java.util.Locale;
import java.util.Optional;

/** Which database it is. */
public enum Kind {
  /** PostgreSQL, a server. */
  POSTGRESQL,
  /** MariaDB, a server. */
  MARIADB,
  /** MySQL, a server that is spoken to as MariaDB is. */
  MYSQL,
  /** H2, a file that one process has open. */
  H2;

  /** What is particular to it. */
  Dialect dialect() {
    return switch (this) {
      case POSTGRESQL -> new PostgreSql();
      case MARIADB, MYSQL -> new MariaDb();
      case H2 -> new H2();
    };
  }

  /** Whether it is a server, which has a host and a port. */
  boolean isServer() {
    return this != H2;
  }

  /** As it is written in a pipeline. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The server whose addresses begin like this. */
  static Optional<Kind> ofUrl(String text) {
    for (Kind kind : values()) {
      if (kind.isServer() && text.startsWith(kind.word() + "://")) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
