package io.penstock.connectors.http;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Probe;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Whether a server can be reached. Nothing is sent, since a request may change something. */
final class Reached {
  private static final int PLAIN_PORT = 80;
  private static final int SECRET_PORT = 443;

  private Reached() {}

  /** What keeps from a URL's server. */
  static List<Problem> server(String url, boolean source, Probe probe) {
    URI uri = URI.create(url);
    int usual = uri.getScheme().equalsIgnoreCase("https") ? SECRET_PORT : PLAIN_PORT;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    String host = uri.getHost().replace("[", "").replace("]", "");
    Optional<Outage> outage = probe.reach(host, port);
    return outage
        .map(met -> List.of(problem(met, host + ":" + port, source, probe)))
        .orElse(List.of());
  }

  private static Problem problem(Outage outage, String server, boolean source, Probe probe) {
    String what =
        switch (outage) {
          case UNKNOWN_HOST -> "nobody knows the host of `" + server + "`";
          case REFUSED -> "nothing listens at `" + server + "`";
          default -> "`" + server + "` gives no answer";
        };
    return Problem.of(
        source ? outage.ofSource() : outage.ofSink(),
        Origin.file(probe.step()),
        what,
        "check `url`, and the network between");
  }
}
