package io.penstock.api.network;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** What {@link Tls} is, for those who have no files: these are read with the pipeline file. */
public record NamedTls(
    @Option(value = Words.CA, matter = Matter.PACE) Optional<NamedFile> ca,
    @Option(value = Words.CERTIFICATE, matter = Matter.PACE) Optional<NamedFile> certificate,
    @Option(value = Words.KEY, matter = Matter.PACE) Optional<NamedFile> key,
    @Option(value = Words.SERVER_NAME, matter = Matter.PACE) Optional<String> serverName,
    @Option(value = Words.OLDEST, byDefault = "tls_1_2", matter = Matter.PACE)
        Tls.Version minVersion,
    @Option(value = Words.VERIFY, byDefault = "full", matter = Matter.PACE) Tls.Verify verify)
    implements Config {
  /** What may be found wrong with a file. */
  private interface Look {
    Object at(String path) throws IOException;
  }

  @Override
  public void checkEach(Checks checks) {
    ServerName.check(serverName, checks);
    Pem pem = pem();
    check("ca", ca, pem::trust, checks);
    boolean known = check("certificate", certificate, pem::chain, checks);
    if (known && certificate.isPresent()) {
      check("key", key, path -> pem.own(certificate.get().path(), path), checks);
    }
  }

  private static boolean check(String option, Optional<NamedFile> file, Look look, Checks checks) {
    try {
      if (file.isPresent()) {
        Object unused = look.at(file.get().path());
      }
      return true;
    } catch (IOException wrong) {
      checks.problem(
          ProblemCode.E104,
          option,
          "`" + option + "` must be a file in PEM form: " + wrong.getMessage(),
          "name the file that `openssl` or the authority gave in that form");
      return false;
    }
  }

  @Override
  public void check(Checks checks) {
    Tls.check(certificate.isPresent(), key.isPresent(), verify, checks);
  }

  private Pem pem() {
    return new Pem(
        written ->
            Stream.of(ca, certificate, key)
                .flatMap(Optional::stream)
                .filter(file -> file.path().equals(written))
                .findFirst()
                .orElseThrow()
                .bytes());
  }

  /**
   * What Java's clients ask of a server, as {@link Tls#context} gives it.
   *
   * @throws IOException where a file does not hold what it should; the message names it
   */
  public SSLContext context() throws IOException {
    return Tls.named(
        serverName,
        Tls.context(
            pem(),
            ca.map(NamedFile::path),
            certificate.map(NamedFile::path),
            key.map(NamedFile::path),
            verify));
  }
}
