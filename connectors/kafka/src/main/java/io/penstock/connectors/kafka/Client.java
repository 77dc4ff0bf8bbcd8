package io.penstock.connectors.kafka;

import io.penstock.api.network.Tls;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
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
    auth.ifPresent(who -> who.putInto(all));
    if (tls.isPresent()) {
      TlsEngines.putInto(all, tls.get(), disk, files);
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

  /** As it is said in messages. */
  String shown() {
    return String.join("`, `", brokers.values());
  }
}
