package io.penstock.connectors.kafka.trial;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records to one topic and sees when they come out of another. The key of a record is the
 * time at which it should be sent, in nanoseconds, so that a record that waits to be sent counts as
 * waiting.
 */
final class SteadyLoad implements AutoCloseable {
  static final int PARTITIONS = 2;
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long QUIET = 15 * SECOND;

  private final List<byte[]> lines;
  private final String from;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> parts;

  /** Load for an application between two topics; what comes out is read if it is decided. */
  SteadyLoad(String brokers, String from, String to, List<byte[]> lines) {
    this.lines = lines;
    this.from = from;
    Map<String, Object> sending = new HashMap<>();
    sending.put("bootstrap.servers", brokers);
    sending.put("linger.ms", 0);
    sending.put("batch.size", 65536);
    producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> reading = new HashMap<>();
    reading.put("bootstrap.servers", brokers);
    reading.put("isolation.level", "read_committed");
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    parts = IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(to, p)).toList();
    consumer.assign(parts);
    consumer.seekToBeginning(parts);
    parts.forEach(consumer::position);
  }

  /** Sends so many records at once, and tells how many of them come out. */
  long fill(int count) {
    long wanted = 0;
    for (int i = 0; i < count; i++) {
      send(i, 0);
      wanted += PlainLoop.derived(line(i)) == null ? 0 : 1;
    }
    producer.flush();
    return wanted;
  }

  private byte[] line(long number) {
    return lines.get((int) (number % lines.size()));
  }

  private void send(long number, long at) {
    byte[] key = Long.toString(at).getBytes(StandardCharsets.US_ASCII);
    var unused =
        producer.send(new ProducerRecord<>(from, (int) (number % PARTITIONS), key, line(number)));
  }

  /** The seconds from the first record that comes out until so many have. */
  double drain(long count) {
    long first = 0;
    long last = System.nanoTime();
    long seen = 0;
    while (seen < count) {
      int some = consumer.poll(Duration.ofMillis(50)).count();
      long now = System.nanoTime();
      if (some > 0) {
        first = first == 0 ? now : first;
        last = now;
      } else if (now - last > 60 * SECOND) {
        throw new IllegalStateException("only " + seen + " of " + count + " have come out");
      }
      seen += some;
    }
    return (last - first) / 1e9;
  }

  /** Waits until the application has shown itself by a first record. */
  void await() {
    long begun = System.nanoTime();
    long number = 0;
    while (consumer.poll(Duration.ofMillis(50)).isEmpty()) {
      for (int i = 0; i < 20; i++) {
        send(number++, 0);
      }
      producer.flush();
      if (System.nanoTime() - begun > 90 * SECOND) {
        throw new IllegalStateException("nothing has come out");
      }
    }
  }

  /**
   * Sends at a steady rate and takes the times.
   *
   * @param warm seconds that do not count
   * @return how long each record was under way, in nanoseconds, sorted
   */
  long[] latencies(int rate, int warm, int seconds) throws InterruptedException {
    long begin = System.nanoTime() + SECOND / 2;
    long counts = begin + warm * SECOND;
    long end = counts + seconds * SECOND;
    long all = (long) rate * (warm + seconds);
    Arrivals arrivals = new Arrivals(counts, end, passing((long) rate * warm, all));
    Thread reading = new Thread(arrivals, "arrivals");
    reading.start();
    for (long i = 0; i < all; i++) {
      // A burst each millisecond: waiting leaves the cores to the others.
      long at = begin + i * 1000 / rate * MILLISECOND;
      for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      send(i, at);
    }
    producer.flush();
    reading.join();
    return arrivals.sorted();
  }

  /** How many of these records come out. */
  private long passing(long first, long end) {
    if (parts.get(0).topic().equals(from)) {
      return end - first;
    }
    long[] before = new long[lines.size() + 1];
    for (int i = 0; i < lines.size(); i++) {
      before[i + 1] = before[i] + (PlainLoop.derived(lines.get(i)) == null ? 0 : 1);
    }
    return upTo(before, end) - upTo(before, first);
  }

  private static long upTo(long[] before, long end) {
    int turn = before.length - 1;
    return end / turn * before[turn] + before[(int) (end % turn)];
  }

  private final class Arrivals implements Runnable {
    private final long counts;
    private final long end;
    private final long expected;
    private long[] latencies = new long[1 << 16];
    private int count;

    Arrivals(long counts, long end, long expected) {
      this.counts = counts;
      this.end = end;
      this.expected = expected;
    }

    @Override
    public void run() {
      long last = System.nanoTime();
      while (true) {
        var records = consumer.poll(Duration.ofMillis(200));
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          arrived(Long.parseLong(new String(record.key(), StandardCharsets.US_ASCII)), now);
        }
        if (!records.isEmpty()) {
          last = now;
        }
        if (now > end && (count >= expected || now - last > QUIET)) {
          return;
        }
      }
    }

    private void arrived(long sent, long now) {
      if (sent >= counts) {
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, count * 2);
        }
        latencies[count++] = now - sent;
      }
    }

    long[] sorted() {
      if (count != expected) {
        System.out.printf("%d records should have come, not %d:%n", expected, count);
      }
      long[] all = Arrays.copyOf(latencies, count);
      Arrays.sort(all);
      return all;
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
