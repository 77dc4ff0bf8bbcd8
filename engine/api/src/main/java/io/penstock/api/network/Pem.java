package io.penstock.api.network;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys in PEM files. */
record Pem(Contents contents) {
  private static final int LARGEST = 1 << 20;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  /** What is in a file. */
  interface Contents {
    /** Of the file of this name as written. */
    byte[] of(String written) throws IOException;
  }

  /** Those of files that are read when they are wanted. */
  static Pem of(Disk disk, Files files) {
    return new Pem(written -> read(disk, files.resolve(written)));
  }

  /** Trusts the authorities of a file, and nobody else. */
  TrustManager[] trust(String ca) throws IOException {
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(ca)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException wrong) {
      throw new IOException("`" + ca + "` holds no certificates in PEM form", wrong);
    }
  }

  /** A certificate and those that have signed it. */
  List<Certificate> chain(String certificate) throws IOException {
    try {
      return certificates(certificate);
    } catch (GeneralSecurityException wrong) {
      throw new IOException("`" + certificate + "` holds no certificate in PEM form", wrong);
    }
  }

  /** Says who this side is. */
  KeyManager[] own(String certificate, String key) throws IOException {
    List<Certificate> chain = chain(certificate);
    try {
      KeyStore store = empty();
      store.setKeyEntry("own", key(key), new char[0], chain.toArray(new Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new IOException(
          "`" + key + "` holds no key in PEM form (PKCS 8, not enciphered)", wrong);
    }
  }

  /** Who this side is, and whom it trusts; empty for nobody, and for those whom Java trusts. */
  SSLContext context(Optional<KeyManager[]> own, Optional<TrustManager[]> trust)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.orElse(null), trust.orElse(null), null);
      return context;
    } catch (GeneralSecurityException wrong) {
      throw new IOException("TLS cannot be had", wrong);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private List<Certificate> certificates(String written)
      throws IOException, GeneralSecurityException {
    byte[] bytes = contents.of(written);
    List<Certificate> found =
        new ArrayList<>(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes)));
    if (found.isEmpty()) {
      throw new GeneralSecurityException("none");
    }
    return found;
  }

  private PrivateKey key(String written) throws IOException, GeneralSecurityException {
    String text = new String(contents.of(written), StandardCharsets.US_ASCII);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new InvalidKeySpecException("none");
    }
    byte[] der = Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to));
    for (String kind : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException another) {
        // The form does not say which kind it is.
      }
    }
    throw new InvalidKeySpecException("unknown");
  }

  private static byte[] read(Disk disk, Path path) throws IOException {
    try (Disk.Reading reading = disk.read(path)) {
      byte[] bytes = new byte[(int) Math.min(LARGEST, reading.length())];
      int length = 0;
      int count = 0;
      while (count >= 0 && length < bytes.length) {
        count = reading.read(length, bytes, length, bytes.length - length);
        length += Math.max(0, count);
      }
      return bytes;
    }
  }
}
