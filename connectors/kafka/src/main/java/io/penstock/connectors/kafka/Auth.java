package io.penstock.connectors.kafka;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;

/** Who asks. */
public record Auth(
    @Option(value = "The user.", matter = Matter.PACE) String user,
    @Option(value = "The password.", secret = true, matter = Matter.PACE) String password,
    @Option(
            value = "How the password is proved.",
            byDefault = "scram_sha_512",
            matter = Matter.PACE)
        Mechanism mechanism)
    implements Config {
  /** How a password is proved. */
  public enum Mechanism {
    PLAIN("PLAIN"),
    SCRAM_SHA_256("SCRAM-SHA-256"),
    SCRAM_SHA_512("SCRAM-SHA-512");

    private final String protocolName;

    Mechanism(String protocolName) {
      this.protocolName = protocolName;
    }

    /** As brokers call it. */
    String protocolName() {
      return protocolName;
    }
  }

  /** The line from which the client logs in; the values can not end their quotes. */
  String login() {
    String module =
        mechanism == Mechanism.PLAIN
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return module + " required username=" + quoted(user) + " password=" + quoted(password) + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
