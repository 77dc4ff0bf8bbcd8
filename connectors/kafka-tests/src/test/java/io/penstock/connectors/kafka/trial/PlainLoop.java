package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a programmer writes for {@code engine/bench/latency.sh} without an engine: one loop of a
 * consumer, a function over a JSON tree and a producer; at least once, offsets set once a second.
 * {@code PlainLoop BROKERS FROM TO}. With a file of lines behind them it knows each record's output
 * by its place and computes nothing, which is the least that a topic can be drained in.
 */
final class PlainLoop {
  private static final Set<String> CHANNELS = Set.of("Google", "Apple", "Baidu");
  private static final long SECOND = 1_000_000_000L;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PlainLoop() {}

  /** Runs until the process is ended. */
  public static void main(String[] arguments) throws IOException {
    Function<ConsumerRecord<byte[], byte[]>, byte @Nullable []> answer =
        arguments.length > 3 ? known(Path.of(arguments[3])) : bid -> derived(bid.value());
    Map<String, Object> from =
        Map.of(
            "bootstrap.servers",
            arguments[0],
            "group.id",
            "plain-" + arguments[1],
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false);
    Map<String, Object> to = Map.of("bootstrap.servers", arguments[0], "linger.ms", 0);
    try (var consumer =
            new KafkaConsumer<>(from, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(to, new ByteArraySerializer(), new ByteArraySerializer())) {
      consumer.subscribe(List.of(arguments[1]));
      long last = System.nanoTime();
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<byte[], byte[]> bid : consumer.poll(Duration.ofMillis(100))) {
          byte @Nullable [] derived = answer.apply(bid);
          if (derived != null) {
            var unused = producer.send(new ProducerRecord<>(arguments[2], bid.key(), derived));
          }
        }
        if (System.nanoTime() - last > SECOND) {
          producer.flush();
          consumer.commitAsync();
          last = System.nanoTime();
        }
      }
    }
  }

  private static Function<ConsumerRecord<byte[], byte[]>, byte @Nullable []> known(Path file)
      throws IOException {
    List<byte @Nullable []> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      answers.add(derived(line.getBytes(StandardCharsets.UTF_8)));
    }
    return bid ->
        answers.get(
            (int) ((bid.offset() * SteadyLoad.PARTITIONS + bid.partition()) % answers.size()));
  }

  /** The output of a bid; null where it is not wanted. */
  static byte @Nullable [] derived(byte[] value) {
    ObjectNode bid = (ObjectNode) JSON.readTree(value);
    long price = bid.get("price").asLong();
    String channel = bid.get("channel").asString();
    if (price <= 2000 || !CHANNELS.contains(channel)) {
      return null;
    }
    bid.put("price_eur", price * 0.908);
    bid.put("channel_upper", channel.toUpperCase(Locale.ROOT));
    Instant time = Instant.parse(bid.get("dateTime").asString());
    bid.put("hour", time.atOffset(ZoneOffset.UTC).getHour());
    return JSON.writeValueAsBytes(bid);
  }
}
