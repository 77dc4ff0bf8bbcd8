package io.penstock.connectors.kafka;

import io.penstock.api.network.Login;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Included;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;

/** Who asks. */
public record Auth(
    @Included Login login,
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

  @Override
  public void check(Checks checks) {
    if (login.isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          "user",
          "`auth` says nothing of who asks",
          "give `user` and `password`");
    }
    login.checkBoth(checks);
  }

  /** Who asks, as it is said in messages. */
  String shown() {
    return "the user `" + login.user().orElse("") + "`";
  }

  /** The line from which the client logs in; the values can not end their quotes. */
  String module() {
    String module =
        mechanism == Mechanism.PLAIN
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return module
        + " required username="
        + quoted(login.user().orElse(""))
        + " password="
        + quoted(login.password().orElse(""))
        + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
