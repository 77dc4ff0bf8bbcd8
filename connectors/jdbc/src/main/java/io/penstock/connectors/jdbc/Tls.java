package io.penstock.connectors.jdbc;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/** How the way to the server is kept secret. */
public record Tls(
    @Option(
            value = "A PEM file of the authorities to trust; left out: those of Java.",
            matter = Matter.PACE)
        Optional<String> ca,
    @Option(value = "A PEM file of the own certificate.", matter = Matter.PACE)
        Optional<String> certificate,
    @Option(value = "A file of its key (PKCS 8, DER or PEM).", matter = Matter.PACE)
        Optional<String> key,
    @Option(
            value = "Whether the server must prove who it is: certificate and name, or nothing.",
            byDefault = "full",
            matter = Matter.PACE)
        Verify verify)
    implements Config {
  /** What the server must prove. */
  public enum Verify {
    FULL,
    NONE
  }

  @Override
  public void check(Checks checks) {
    if (verify == Verify.NONE) {
      checks.problem(
          ProblemCode.W104,
          "verify",
          "`verify: none` lets anybody answer in the server's place",
          "name the server's authority in `ca`");
    }
    if (certificate.isPresent() != key.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          certificate.isPresent() ? "certificate" : "key",
          "`certificate` and `key` belong together",
          "give both, or none");
    }
  }

  /** Reports what a kind of database does not take. */
  void check(Kind kind, Checks checks) {
    boolean shows = kind == Kind.POSTGRESQL || certificate.isEmpty();
    if (!shows || kind == Kind.H2) {
      checks.problem(
          ProblemCode.E110,
          "tls",
          kind == Kind.H2
              ? "`tls` is of a way to a server, and h2 is a file"
              : "`certificate` is shown to PostgreSQL only, not to " + kind.word(),
          kind == Kind.H2 ? "leave it out" : "leave out `certificate` and `key`");
    }
  }
}
