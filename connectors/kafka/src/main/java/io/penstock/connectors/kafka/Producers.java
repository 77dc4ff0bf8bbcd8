package io.penstock.connectors.kafka;

import io.penstock.api.sink.SinkContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of a sink. */
final class Producers {
  // Larger records than the producer's own limit are taken where the topic takes them.
  static final int LARGEST = 16 << 20;

  // The producer's own, in milliseconds.
  private static final long LINGER = 5;

  private final KafkaSinkConfig config;
  private final SinkContext run;
  private final Failure failure;

  Producers(KafkaSinkConfig config, SinkContext run, Failure failure) {
    this.config = config;
    this.run = run;
    this.failure = failure;
  }

  private Map<String, Object> settings() throws IOException {
    Map<String, Object> settings =
        config.client().settings(run.step(), run.disk(), run.files()).entrySet().stream()
            .filter(e -> !Properties.OF_PRODUCERS.contains(e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Pauses.putInto(settings, config.retries());
    return settings;
  }

  /** The most bytes that a producer sends at once. */
  long largest() {
    return number(config.properties(), "max.request.size", LARGEST);
  }

  private static long number(Map<String, ?> settings, String name, long otherwise) {
    Object written = settings.get(name);
    try {
      return written == null ? otherwise : Long.parseLong(written.toString().strip());
    } catch (NumberFormatException notOurs) {
      // The client says what is wrong with it.
      return otherwise;
    }
  }

  Admin admin() throws IOException {
    Map<String, Object> settings = settings();
    try {
      return Admin.create(settings);
    } catch (KafkaException wrong) {
      throw failure.of("no client can be made", wrong);
    }
  }

  /** A producer that sends at once and sends nothing twice. */
  KafkaProducer<byte[], byte[]> plain() throws IOException {
    Map<String, Object> settings = producing();
    settings.putIfAbsent("linger.ms", 0);
    settings.put("max.block.ms", Pauses.giveUpMillis(config.retries()));
    deliver(settings, Pauses.giveUpMillis(config.retries()));
    return producer(settings);
  }

  /** A producer of transactions; none of this name goes on with its own afterwards. */
  KafkaProducer<byte[], byte[]> transactional(String id) throws IOException {
    Map<String, Object> settings = producing();
    int millis = (int) Math.min(Integer.MAX_VALUE, config.transactionTimeout().toMillis());
    // Rows that are sent before their epoch is decided are not to wait.
    settings.putIfAbsent("linger.ms", 0);
    settings.put("transactional.id", id);
    settings.put("transaction.timeout.ms", millis);
    settings.put("max.block.ms", (int) Math.max(1, config.timeout().toMillis()));
    deliver(settings, millis);
    return producer(settings);
  }

  private Map<String, Object> producing() throws IOException {
    Map<String, Object> settings = new HashMap<>(settings());
    settings.putAll(
        config.properties().entrySet().stream()
            .filter(e -> Properties.OF_PRODUCERS.contains(e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    config.batch().orElse(BatchLimits.USUAL).putInto(settings);
    settings.put("max.in.flight.requests.per.connection", config.inFlight());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("compression.type", config.compression().protocolName());
    settings.putIfAbsent("max.request.size", LARGEST);
    return settings;
  }

  /** A request may not take longer than the delivery of which it is a part. */
  private void deliver(Map<String, Object> settings, int millis) {
    long linger = number(settings, "linger.ms", LINGER);
    long request = Math.max(1, Math.min(config.timeout().toMillis(), millis - linger));
    settings.put("request.timeout.ms", (int) request);
    settings.put("delivery.timeout.ms", (int) Math.max(millis, request + linger));
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    try {
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException wrong) {
      throw failure.of("no producer can be made", wrong);
    }
  }

  /** A consumer of what is decided. */
  KafkaConsumer<byte[], byte[]> consumer() throws IOException {
    Map<String, Object> settings = settings();
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("allow.auto.create.topics", false);
    settings.put("isolation.level", "read_committed");
    try {
      return new KafkaConsumer<>(
          settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException wrong) {
      throw failure.of("no consumer can be made", wrong);
    }
  }
}
