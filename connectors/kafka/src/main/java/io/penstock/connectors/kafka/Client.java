package io.penstock.connectors.kafka;

import io.penstock.api.option.OneOrMany;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The way to the brokers: the settings that all of Kafka's clients share. */
record Client(
    OneOrMany<String> brokers,
    Optional<Auth> auth,
    Optional<Tls> tls,
    Duration timeout,
    Map<String, String> properties) {
  private static final int LARGEST_PEM = 1 << 20;

  /** The settings of a client of this name; none of those given takes the place of an own one. */
  Map<String, Object> settings(String name, Disk disk, Files files) throws IOException {
    Map<String, Object> all = new HashMap<>(properties);
    int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    all.put("bootstrap.servers", String.join(",", brokers.values()));
    all.put("client.id", "penstock-" + name);
    all.put("request.timeout.ms", millis);
    all.put("default.api.timeout.ms", millis);
    all.put("socket.connection.setup.timeout.ms", Math.min(10_000, millis));
    // Nothing is sent to a server of the vendor's choice, and no thread serves what nobody reads.
    all.put("enable.metrics.push", false);
    all.put("auto.include.jmx.reporter", false);
    all.put("metric.reporters", "");
    all.put("security.protocol", protocol());
    auth.ifPresent(
        who -> {
          all.put("sasl.mechanism", who.mechanism().protocolName());
          all.put("sasl.jaas.config", who.login());
        });
    if (tls.isPresent()) {
      secret(tls.get(), all, disk, files);
    }
    return all;
  }

  /** The settings of a client that only asks. */
  Map<String, Object> ofAdmin(String name, Disk disk, Files files) throws IOException {
    Map<String, Object> all = settings(name, disk, files);
    Properties.OF_CONSUMERS.forEach(all::remove);
    Properties.OF_PRODUCERS.forEach(all::remove);
    return all;
  }

  /** The same way, on which nobody waits for longer. */
  Client within(Duration longest) {
    Duration shorter = timeout.compareTo(longest) < 0 ? timeout : longest;
    return new Client(brokers, auth, tls, shorter, properties);
  }

  private String protocol() {
    String below = tls.isPresent() ? "SSL" : "PLAINTEXT";
    return auth.isPresent() ? "SASL_" + below : below;
  }

  private static void secret(Tls tls, Map<String, Object> to, Disk disk, Files files)
      throws IOException {
    if (tls.ca().isPresent()) {
      to.put("ssl.truststore.type", "PEM");
      to.put("ssl.truststore.certificates", pem(tls.ca().get(), disk, files));
    }
    if (tls.certificate().isPresent() && tls.key().isPresent()) {
      to.put("ssl.keystore.type", "PEM");
      to.put("ssl.keystore.certificate.chain", pem(tls.certificate().get(), disk, files));
      to.put("ssl.keystore.key", pem(tls.key().get(), disk, files));
    }
  }

  private static String pem(String written, Disk disk, Files files) throws IOException {
    Path path = files.resolve(written);
    try (Disk.Reading reading = disk.read(path)) {
      byte[] bytes = new byte[(int) Math.min(LARGEST_PEM, reading.length())];
      int length = 0;
      int count = 0;
      while (count >= 0 && length < bytes.length) {
        count = reading.read(length, bytes, length, bytes.length - length);
        length += Math.max(0, count);
      }
      return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
  }

  /** As it is said in messages. */
  String shown() {
    return String.join("`, `", brokers.values());
  }
}
