package io.penstock.connectors.redis;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/** How the way to a server is kept secret, and who the server must be. */
public record Tls(
    @Option(
            value = "A PEM file of the authorities to trust; left out: those of Java.",
            matter = Matter.PACE)
        Optional<String> ca,
    @Option(value = "A PEM file of the own certificate.", matter = Matter.PACE)
        Optional<String> certificate,
    @Option(value = "A PEM file of its key (PKCS 8).", matter = Matter.PACE) Optional<String> key,
    @Option(
            value = "The oldest version that is spoken.",
            byDefault = "tls_1_2",
            matter = Matter.PACE)
        Version minVersion,
    @Option(
            value = "Whether the server must prove who it is.",
            byDefault = "full",
            matter = Matter.PACE)
        Verify verify)
    implements Config {
  /** Versions of TLS. */
  public enum Version {
    TLS_1_2,
    TLS_1_3;

    /** The versions from this one on, as Java calls them. */
    String[] protocols() {
      return this == TLS_1_3 ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"};
    }
  }

  /** What a server must prove. */
  public enum Verify {
    FULL,
    NONE
  }

  @Override
  public void check(Checks checks) {
    checkPair(certificate, key, checks);
    if (verify == Verify.NONE) {
      checks.problem(
          ProblemCode.W104,
          "verify",
          "`verify: none` lets anybody answer in the server's place",
          "name the server's authority in `ca`");
    }
  }

  /** Reports a certificate without a key, and a key without one. */
  static void checkPair(Optional<String> certificate, Optional<String> key, Checks checks) {
    if (certificate.isPresent() != key.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          certificate.isPresent() ? "certificate" : "key",
          "`certificate` and `key` belong together",
          "give both, or none");
    }
  }
}
