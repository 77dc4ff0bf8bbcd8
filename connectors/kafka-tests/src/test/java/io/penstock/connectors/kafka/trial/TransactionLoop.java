package io.penstock.connectors.kafka.trial;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The loop of {@link PlainLoop}, exactly once: records and offsets in one transaction, committed so
 * often. It has one producer, which may have to wait until the brokers are through with its last
 * transaction. {@code TransactionLoop BROKERS FROM TO MILLISECONDS}.
 */
final class TransactionLoop {
  private static final long MILLISECOND = 1_000_000L;

  private TransactionLoop() {}

  /** Runs until the process is ended. */
  public static void main(String[] arguments) {
    long interval = Long.parseLong(arguments[3]) * MILLISECOND;
    Map<String, Object> from =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "group.id",
            "transactions-" + arguments[1],
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed");
    Map<String, Object> to =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "linger.ms",
            0,
            "transactional.id",
            "transactions-" + arguments[1]);
    try (var consumer =
            new KafkaConsumer<>(from, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(to, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      consumer.subscribe(List.of(arguments[1]));
      Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
      long last = System.nanoTime();
      while (!Thread.currentThread().isInterrupted()) {
        long left = Math.max(0, last + interval - System.nanoTime());
        Duration wait = read.isEmpty() ? Duration.ofMillis(100) : Duration.ofNanos(left);
        ConsumerRecords<byte[], byte[]> bids = consumer.poll(wait);
        if (read.isEmpty() && !bids.isEmpty()) {
          producer.beginTransaction();
        }
        for (ConsumerRecord<byte[], byte[]> bid : bids) {
          byte[] derived = PlainLoop.derived(bid.value());
          if (derived != null) {
            var unused = producer.send(new ProducerRecord<>(arguments[2], bid.key(), derived));
          }
        }
        read.putAll(bids.nextOffsets());
        if (!read.isEmpty() && System.nanoTime() - last >= interval) {
          producer.sendOffsetsToTransaction(read, consumer.groupMetadata());
          producer.commitTransaction();
          read.clear();
          last = System.nanoTime();
        }
      }
    }
  }
}
