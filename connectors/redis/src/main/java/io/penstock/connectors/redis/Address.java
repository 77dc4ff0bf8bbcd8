package io.penstock.connectors.redis;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens. */
record Address(String host, int port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;

  /** The address that a text stands for; empty where it stands for none. */
  static Optional<Address> of(String written) {
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group(3));
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    return port == 0 || port > LAST_PORT ? Optional.empty() : Optional.of(new Address(host, port));
  }

  /** Reports what is no address; what may be a password is not shown. */
  static void check(String server, Checks checks) {
    if (of(server).isEmpty()) {
      boolean url = server.contains("@") || server.contains("://");
      checks.problem(
          ProblemCode.E104,
          "server",
          "`server` must be `host:port` with a port from 1 to 65535"
              + (url ? ", not a URL" : ", not `" + server + "`"),
          url
              ? "write `localhost:6379`; who asks stands in `auth`, and `tls` says how"
              : "write `localhost:6379`");
    }
  }
}
