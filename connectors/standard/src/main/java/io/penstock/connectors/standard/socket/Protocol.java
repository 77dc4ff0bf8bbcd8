package io.penstock.connectors.standard.socket;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/** By what messages of syslog travel. */
public enum Protocol {
  UDP,
  TCP;

  /** Refuses options that are about connections where there are none. */
  void check(Optional<Framing> framing, boolean tls, Checks checks) {
    if (this == UDP && framing.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "framing",
          "a datagram is one message, so there is no `framing` by UDP",
          "leave it out, or write `protocol: tcp`");
    }
    if (this == UDP && tls) {
      checks.problem(
          ProblemCode.E110,
          "tls",
          "TLS is spoken over connections, and datagrams have none",
          "write `protocol: tcp`");
    }
  }
}
