package io.penstock.connectors.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/** One of the producers of transactions, under its name. */
final class Slot implements AutoCloseable {
  private final Producers clients;
  private final String id;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  Slot(Producers clients, String id) {
    this.clients = clients;
    this.id = id;
  }

  /** A new producer in the place of the one before. It is not ready yet. */
  KafkaProducer<byte[], byte[]> renew() throws IOException {
    close();
    KafkaProducer<byte[], byte[]> made = clients.transactional(id);
    producer = made;
    return made;
  }

  KafkaProducer<byte[], byte[]> producer() {
    return Optional.ofNullable(producer).orElseThrow();
  }

  String id() {
    return id;
  }

  /** What is on its way is let go of: what it comes to is seen in the topic of epochs. */
  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> before = producer;
    producer = null;
    if (before != null) {
      before.close(Duration.ZERO);
    }
  }
}
