package io.penstock.connectors.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes certificates with the JDK's own tool. */
final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * A certificate that signs itself.
   *
   * @param host that it is for
   * @param more further words for the tool
   */
  KeyStore make(String name, String host, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    generate(name, host, more);
    return load(name);
  }

  /** A certificate that another one signs; the other one is what its PEM file holds. */
  KeyStore signed(String name, String host, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    generate(name + "-ca", "authority.example", "-ext", "bc:c");
    generate(name, host);
    Path asked = folder.resolve(name + ".csr");
    Path given = folder.resolve(name + ".crt");
    keytool("-certreq", name, "-file", asked.toString());
    List<String> sign = new ArrayList<>(List.of("-infile", asked.toString()));
    sign.addAll(List.of("-outfile", given.toString(), "-ext", "san=dns:" + host));
    sign.addAll(List.of(more));
    keytool("-gencert", name + "-ca", sign.toArray(String[]::new));
    KeyStore store = load(name);
    Certificate certificate;
    try (InputStream in = Files.newInputStream(given)) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    Certificate authority = load(name + "-ca").getCertificate("own");
    store.setKeyEntry(
        "own", store.getKey("own", PASSWORD), PASSWORD, new Certificate[] {certificate, authority});
    return store;
  }

  private void generate(String name, String host, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("-keyalg", "EC", "-dname", "CN=" + host));
    words.addAll(List.of("-ext", "san=dns:" + host));
    words.addAll(List.of(more));
    keytool("-genkeypair", name, words.toArray(String[]::new));
  }

  private void keytool(String what, String name, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what, "-alias", "own", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    command.addAll(List.of("-storepass", "changeit"));
    command.addAll(List.of(more));
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    Path file = folder.resolve(name + ".p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /** Its files as PEM: {@code NAME.crt}, the last of the chain, and {@code NAME.key}. */
  static MemoryDisk pem(MemoryDisk disk, String name, KeyStore store)
      throws GeneralSecurityException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Certificate[] chain = store.getCertificateChain("own");
    String certificate = lines.encodeToString(chain[chain.length - 1].getEncoded());
    String key = lines.encodeToString(store.getKey("own", PASSWORD).getEncoded());
    return disk.with(
            Path.of("/data", name + ".crt"),
            "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n")
        .with(
            Path.of("/data", name + ".key"),
            "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
  }

  /** A server with this certificate. */
  static HttpsServer server(KeyStore store) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }
}
