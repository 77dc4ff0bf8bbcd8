package io.penstock.connectors.kafka;

import io.penstock.api.option.Checks;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a broker listens. */
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

  /** Reports what is no address. */
  static void check(OneOrMany<String> brokers, Checks checks) {
    for (String broker : brokers.values()) {
      if (of(broker).isEmpty()) {
        checks.problem(
            ProblemCode.E104,
            "brokers",
            "`brokers` must be `host:port` with a port from 1 to 65535, not `" + broker + "`",
            "write `localhost:9092`, or a list of such");
      }
    }
  }
}
