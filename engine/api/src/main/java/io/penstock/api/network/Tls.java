package io.penstock.api.network;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** How the way to a server is kept secret, who the server must be, and who this side is. */
public record Tls(
    @Option(value = Words.CA, matter = Matter.PACE) Optional<String> ca,
    @Option(value = Words.CERTIFICATE, matter = Matter.PACE) Optional<String> certificate,
    @Option(value = Words.KEY, matter = Matter.PACE) Optional<String> key,
    @Option(value = Words.SERVER_NAME, matter = Matter.PACE) Optional<String> serverName,
    @Option(value = Words.OLDEST, byDefault = "tls_1_2", matter = Matter.PACE) Version minVersion,
    @Option(value = Words.VERIFY, byDefault = "full", matter = Matter.PACE) Verify verify)
    implements Config {
  /** Versions of TLS. */
  public enum Version {
    TLS_1_2,
    TLS_1_3;

    /** The versions from this one on, as Java calls them. */
    public String[] protocols() {
      return this == TLS_1_3 ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"};
    }
  }

  /** What a server must prove. */
  public enum Verify {
    FULL,
    NONE
  }

  @Override
  public void checkEach(Checks checks) {
    ServerName.check(serverName, checks);
  }

  @Override
  public void check(Checks checks) {
    check(certificate.isPresent(), key.isPresent(), verify, checks);
  }

  static void check(boolean certificate, boolean key, Verify verify, Checks checks) {
    if (certificate != key) {
      checks.problem(
          ProblemCode.E110,
          certificate ? "certificate" : "key",
          "`certificate` and `key` belong together",
          "give both, or none");
    }
    if (verify == Verify.NONE) {
      checks.problem(
          ProblemCode.W104,
          "verify",
          "`verify: none` lets anybody answer in the server's place",
          "name the server's authority in `ca`");
    }
  }

  /**
   * What Java's clients ask of a server; without verification they believe anybody. Whether the
   * certificate is one for the host's name is for the client to ask; where another name is written,
   * that is the one which it asks for.
   *
   * @throws IOException where a file cannot be read or does not hold what it should; the message
   *     names it
   */
  public SSLContext context(Disk disk, Files files) throws IOException {
    return named(serverName, context(Pem.of(disk, files), ca, certificate, key, verify));
  }

  static SSLContext named(Optional<String> serverName, SSLContext context) {
    return serverName.map(name -> new ServerName(name).in(context)).orElse(context);
  }

  static SSLContext context(
      Pem pem,
      Optional<String> ca,
      Optional<String> certificate,
      Optional<String> key,
      Verify verify)
      throws IOException {
    Optional<TrustManager[]> trust = Optional.empty();
    if (verify == Verify.NONE) {
      trust = Optional.of(new TrustManager[] {new TrustAll()});
    } else if (ca.isPresent()) {
      trust = Optional.of(pem.trust(ca.get()));
    }
    return pem.context(
        certificate.isPresent()
            ? Optional.of(pem.own(certificate.get(), key.orElse("")))
            : Optional.empty(),
        trust);
  }
}
