package io.penstock.connectors.jdbc;

import io.penstock.api.network.Tls;
import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
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

  /** Reports what drivers have no setting for, and what a kind of database does not take. */
  static void check(Optional<Tls> tls, Kind kind, Checks checks) {
    boolean shown = tls.flatMap(Tls::certificate).isPresent();
    if (tls.isPresent() && kind == Kind.H2) {
      checks.problem(
          ProblemCode.E110,
          "tls",
          "`tls` is of a way to a server, and h2 is a file",
          "leave it out");
    } else if (shown && kind != Kind.POSTGRESQL) {
      checks.problem(
          ProblemCode.E110,
          "tls",
          "`certificate` is shown to PostgreSQL only, not to " + kind.word(),
          "leave out `certificate` and `key`");
    }
    boolean named = tls.flatMap(Tls::serverName).isPresent();
    if (named && kind != Kind.POSTGRESQL && kind != Kind.H2) {
      checks.problem(
          ProblemCode.E110,
          "tls",
          "`server_name` cannot be told to the driver of "
              + kind.word()
              + ", which asks for `host`",
          "leave it out, and write as `host` a name that the certificate holds");
    }
    if (tls.filter(t -> t.minVersion() != Tls.Version.TLS_1_2).isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "tls",
          "`min_version` cannot be told to the drivers of databases, which speak what Java speaks",
          "leave it out, and have the server refuse older versions");
    }
  }

  /** What is particular to the database. */
  Dialect dialect() {
    return address.kind().dialect();
  }

  /** Who asks, as it is said in messages. */
  String who() {
    return auth.flatMap(given -> given.login().user())
        .map(user -> "the user `" + user + "`")
        .orElse("who gives no name");
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
