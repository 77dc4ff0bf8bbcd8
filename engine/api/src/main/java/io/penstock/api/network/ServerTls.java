package io.penstock.api.network;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** With what a server shows who it is, and whom it believes. */
public record ServerTls(
    @Option(value = Words.CERTIFICATE, matter = Matter.PACE) String certificate,
    @Option(value = Words.KEY, matter = Matter.PACE) String key,
    @Option(
            value =
                "A PEM file of authorities: senders must show a certificate of one of them; left out: none.",
            matter = Matter.PACE)
        Optional<String> ca,
    @Option(value = Words.OLDEST, byDefault = "tls_1_2", matter = Matter.PACE)
        Tls.Version minVersion)
    implements Config {
  /**
   * What Java's servers show.
   *
   * @throws IOException where a file cannot be read or does not hold what it should; the message
   *     names it
   */
  public SSLContext context(Disk disk, Files files) throws IOException {
    Pem pem = Pem.of(disk, files);
    return pem.context(
        Optional.of(pem.own(certificate, key)),
        ca.isPresent() ? Optional.of(pem.trust(ca.get())) : Optional.empty());
  }
}
