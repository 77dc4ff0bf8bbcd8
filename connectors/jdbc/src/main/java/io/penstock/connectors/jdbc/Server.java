package io.penstock.connectors.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The way to a database: the options that sources and sinks share. */
record Server(
    Address address,
    Optional<Auth> auth,
    Optional<Tls> tls,
    Duration timeout,
    Map<String, String> properties) {
  Server {
    properties = Map.copyOf(properties);
  }

  /** What is particular to the database. */
  Dialect dialect() {
    return address.kind().dialect();
  }

  /** Who asks, as it is said in messages. */
  String who() {
    return auth.map(given -> "the user `" + given.user() + "`").orElse("who gives no name");
  }

  /** How long is waited for one answer, in seconds; at least one. */
  int seconds() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toSeconds()));
  }

  /** The same way, on which nobody waits for longer. */
  Server within(Duration longest) {
    Duration shorter = timeout.compareTo(longest) < 0 ? timeout : longest;
    return new Server(address, auth, tls, shorter, properties);
  }
}
