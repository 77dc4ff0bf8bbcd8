package io.penstock.connectors.kafka;

import io.penstock.api.network.Login;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Included;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;

/** Who asks. */
public record Auth(
    @Included Login login,
    @Option(
            value = "How the password is proved.",
            byDefault = "scram_sha_512",
            matter = Matter.PACE)
        Mechanism mechanism,
    @Option("In place of a user: a token that another server gives.") Optional<OAuth> oauth)
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
    if (login.isEmpty() && oauth.isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          "user",
          "`auth` says nothing of who asks",
          "give `user` and `password`, or `oauth`");
    } else if (!login.isEmpty() && oauth.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "oauth",
          "`auth` is one of `user` with `password`, and `oauth`",
          "give one of them");
    }
    login.checkBoth(checks);
  }

  /** Who asks, as it is said in messages. */
  String shown() {
    return oauth
        .map(client -> "the client `" + client.clientId() + "`")
        .orElse("the user `" + login.user().orElse("") + "`");
  }

  /** Puts in how it is said; the values can not end their quotes. */
  void putInto(Map<String, Object> settings) {
    if (oauth.isPresent()) {
      oauth.get().putInto(settings);
      return;
    }
    String module =
        mechanism == Mechanism.PLAIN
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    settings.put("sasl.mechanism", mechanism.protocolName());
    settings.put(
        "sasl.jaas.config",
        module
            + " required username="
            + quoted(login.user().orElse(""))
            + " password="
            + quoted(login.password().orElse(""))
            + ";");
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
