package io.penstock.testkit.network;

import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates made by the JDK's own tool: of each the files {@code NAME.crt}, with those that have
 * signed it behind it, {@code NAME.key}, and both in {@code NAME.p12}.
 */
public final class Certificates {
  /** The password of each store. */
  public static final String PASSWORD = "changeit";

  private static final String OWN = "own";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path folder;
  private final List<String> names = new ArrayList<>();

  /** Certificates that lie in this folder. */
  public Certificates(Path folder) {
    this.folder = folder;
  }

  /** Its PEM file. */
  public Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  /** The PEM file of its key. */
  public Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** The file with both, for those who read no PEM. */
  public Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  /** One that signs itself, and may sign others. */
  public void authority(String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    make(name, "dns:authority.example", "-ext", "bc:c");
  }

  /**
   * One that signs itself.
   *
   * @param subject whom it is for, as in {@code dns:localhost}
   * @param more further words for the tool
   */
  public void make(String name, String subject, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("-keyalg", "EC", "-dname", "CN=" + name));
    words.addAll(List.of("-ext", "san=" + subject));
    words.addAll(List.of(more));
    keytool("-genkeypair", name, words);
    write(name, opened(name));
  }

  /** One that another one signs. */
  public void signed(String name, String authority, String subject, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    make(name, subject);
    Path asked = folder.resolve(name + ".csr");
    Path given = folder.resolve(name + ".given");
    keytool("-certreq", name, List.of("-file", asked.toString()));
    List<String> sign = new ArrayList<>(List.of("-infile", asked.toString()));
    sign.addAll(List.of("-outfile", given.toString(), "-ext", "san=" + subject));
    sign.addAll(List.of(more));
    keytool("-gencert", authority, sign);
    List<Certificate> chain = new ArrayList<>();
    try (InputStream in = Files.newInputStream(given)) {
      chain.add(CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    chain.addAll(List.of(opened(authority).getCertificateChain(OWN)));
    KeyStore store = opened(name);
    store.setKeyEntry(
        OWN,
        store.getKey(OWN, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        chain.toArray(Certificate[]::new));
    try (OutputStream out = Files.newOutputStream(store(name))) {
      store.store(out, PASSWORD.toCharArray());
    }
    write(name, store);
  }

  private void write(String name, KeyStore store) throws IOException, GeneralSecurityException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : store.getCertificateChain(OWN)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    Files.writeString(certificate(name), chain);
    byte[] key = store.getKey(OWN, PASSWORD.toCharArray()).getEncoded();
    Files.writeString(key(name), pem("PRIVATE KEY", key));
    names.remove(name);
    names.add(name);
  }

  private static String pem(String what, byte[] bytes) {
    String text = LINES.encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** The PEM files of all of them. */
  public MemoryDisk in(MemoryDisk disk, Path where) throws IOException {
    for (String name : names) {
      for (Path file : List.of(certificate(name), key(name))) {
        disk.with(where.resolve(file.getFileName().toString()), Files.readString(file));
      }
    }
    return disk;
  }

  /**
   * What a client or a server of the JDK's has.
   *
   * @param own whose certificate it shows
   * @param trusted whose certificate it believes; left out: whom Java believes
   */
  public SSLContext context(Optional<String> own, Optional<String> trusted)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own.isPresent() ? opened(own.get()) : empty(), PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (trusted.isPresent()) {
      KeyStore store = empty();
      store.setCertificateEntry("ca", opened(trusted.get()).getCertificate(OWN));
      trust.init(store);
    } else {
      trust.init((KeyStore) null);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private KeyStore opened(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String what, String name, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", what));
    command.addAll(List.of("-alias", OWN, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store(name).toString(), "-storepass", PASSWORD));
    command.addAll(more);
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
