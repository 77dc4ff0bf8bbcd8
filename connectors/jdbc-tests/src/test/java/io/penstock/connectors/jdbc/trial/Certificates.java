package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes certificates with the JDK's own tool, as PEM files {@code NAME.crt}, {@code NAME.key}. */
final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /** The PEM file of a certificate. */
  Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  /** The PEM file of its key. */
  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** One that signs itself, and may sign others. */
  void authority(String name) throws IOException, GeneralSecurityException, InterruptedException {
    make(name, "-ext", "bc:c");
  }

  /**
   * One that signs itself.
   *
   * @param more further words for the tool
   */
  void make(String name, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("-keyalg", "RSA", "-keysize", "2048"));
    words.addAll(List.of("-dname", "CN=" + name));
    words.addAll(List.of(more));
    keytool("-genkeypair", name, words);
    keytool("-exportcert", name, List.of("-rfc", "-file", certificate(name).toString()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    String text = LINES.encodeToString(store.getKey("own", PASSWORD.toCharArray()).getEncoded());
    Files.writeString(
        key(name), "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
  }

  /**
   * One that an authority signs.
   *
   * @param subject the name that it is for, as the tool writes it
   */
  void signed(String name, String authority, String subject, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    make(name);
    Path asked = folder.resolve(name + ".csr");
    keytool("-certreq", name, List.of("-file", asked.toString()));
    List<String> words =
        new ArrayList<>(
            List.of("-infile", asked.toString(), "-rfc", "-outfile", certificate(name).toString()));
    words.addAll(List.of("-ext", "san=" + subject));
    words.addAll(List.of(more));
    keytool("-gencert", authority, words);
  }

  private void keytool(String what, String name, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what, "-alias", "own", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(more);
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
