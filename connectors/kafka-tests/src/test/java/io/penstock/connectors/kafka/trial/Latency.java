package io.penstock.connectors.kafka.trial;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records at a steady rate and sees how long each takes until a reader of what is decided has
 * it. A record's key is the time at which it was due, so that waiting in a queue counts too.
 */
final class Latency {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final String brokers;
  private final List<byte[]> values;
  private final int rate;
  private final int partitions;
  private final long[] taken;
  private volatile boolean done;
  private int count;

  Latency(String brokers, List<byte[]> values, int rate, Duration measured, int partitions) {
    this.brokers = brokers;
    this.values = List.copyOf(values);
    this.rate = rate;
    this.partitions = partitions;
    this.taken = new long[(int) (rate * (measured.toSeconds() + 1))];
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", brokers);
    return settings;
  }

  /**
   * Sends from one topic's end on and reads the other.
   *
   * @param warm how long nothing is counted
   */
  void run(String from, String to, Duration warm, Duration measured) throws InterruptedException {
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    long counts = start + warm.toNanos();
    Map<String, Object> settings = settings();
    settings.put("isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(to).stream()
              .map(p -> new TopicPartition(to, p.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToEnd(all);
      all.forEach(consumer::position);
      Thread reader = new Thread(() -> read(consumer, counts), "reader");
      reader.start();
      send(from, start, warm.plus(measured));
      done = true;
      reader.join();
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, long counts) {
    long last = System.nanoTime();
    while (!done || System.nanoTime() - last < QUIET_NANOS) {
      var records = consumer.poll(Duration.ofMillis(100));
      long now = System.nanoTime();
      last = records.isEmpty() && done ? last : now;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        long due = ByteBuffer.wrap(record.key()).getLong();
        if (due >= counts && count < taken.length) {
          taken[count++] = now - due;
        }
      }
    }
  }

  /** Once in a millisecond, all that are due: a sender that spins would take a core away. */
  private void send(String topic, long start, Duration length) {
    Map<String, Object> settings = settings();
    settings.put("linger.ms", 0);
    settings.put("acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long sent = 0;
      for (long tick = 0; tick * TICK_NANOS < length.toNanos(); tick++) {
        long due = start + tick * TICK_NANOS;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(due).array();
        for (long until = (tick + 1) * rate / 1000; sent < until; sent++) {
          producer.send(
              new ProducerRecord<>(
                  topic, (int) (sent % partitions), key, values.get((int) (sent % values.size()))));
        }
      }
    }
  }

  /** How many were counted, and how long they took: half of them, 99 of 100, 999 of 1,000, all. */
  @Override
  public String toString() {
    long[] sorted = Arrays.copyOf(taken, count);
    Arrays.sort(sorted);
    return String.format(
        "%,9d records  p50 %8.2f  p99 %8.2f  p99.9 %8.2f  most %8.2f ms",
        count, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, index)] / 1e6;
  }
}
