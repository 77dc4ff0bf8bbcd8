package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Certificates that sign themselves, made by the JDK's own tool. */
record Keys(Path folder) {
  private static final String PASSWORD = "changeit";

  /**
   * Makes a key, {@code NAME.p12}, and its certificate, {@code NAME.crt}.
   *
   * @param host that it is for
   * @param more further words for the tool
   */
  void make(String name, String host, String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("-keyalg", "EC", "-dname", "CN=" + host));
    words.addAll(List.of("-ext", "san=dns:" + host));
    words.addAll(List.of(more));
    keytool("-genkeypair", name, words);
    keytool("-exportcert", name, List.of("-rfc", "-file", certificate(name)));
  }

  /** The same, signed by an authority of its own, {@code NAME-ca.crt}. */
  void signed(String name, String host, String... more) throws IOException, InterruptedException {
    make(name + "-ca", "authority.example", "-ext", "bc:c");
    make(name, host);
    String asked = folder.resolve(name + ".csr").toString();
    keytool("-certreq", name, List.of("-file", asked));
    List<String> sign = new ArrayList<>(List.of("-rfc", "-infile", asked));
    sign.addAll(List.of("-outfile", certificate(name), "-ext", "san=dns:" + host));
    sign.addAll(List.of(more));
    keytool("-gencert", name + "-ca", sign);
    String chain = folder.resolve(name + "-chain.crt").toString();
    Files.writeString(
        Path.of(chain),
        Files.readString(Path.of(certificate(name)))
            + Files.readString(Path.of(certificate(name + "-ca"))));
    keytool("-importcert", name, List.of("-noprompt", "-trustcacerts", "-file", chain));
  }

  /** Where a certificate lies, as PEM. */
  String certificate(String name) {
    return folder.resolve(name + ".crt").toString();
  }

  private String store(String name) {
    return folder.resolve(name + ".p12").toString();
  }

  /** A way into a broker that shows this certificate. */
  Broker.Listener listener(String name) {
    return new Broker.Listener(
        name.toUpperCase(java.util.Locale.ROOT),
        "SSL",
        OptionalInt.empty(),
        List.of(
            "ssl.keystore.type=PKCS12",
            "ssl.keystore.location=" + store(name),
            "ssl.keystore.password=" + PASSWORD,
            "ssl.key.password=" + PASSWORD));
  }

  private void keytool(String what, String name, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what, "-alias", "own", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store(name), "-storepass", PASSWORD));
    command.addAll(more);
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
