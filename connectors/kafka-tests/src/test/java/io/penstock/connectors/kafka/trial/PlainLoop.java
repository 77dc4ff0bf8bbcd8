package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code engine/bench/kafka/w5.yaml} does, as one writes it by hand: a consumer, a tree of
 * JSON, a producer; it keeps no position.
 */
final class PlainLoop {
  private static final Set<String> CHANNELS = Set.of("Google", "Apple", "Baidu");

  private final JsonMapper mapper = new JsonMapper();

  private PlainLoop() {}

  /**
   * Runs until it is killed.
   *
   * @param words the brokers, and how many partitions there are
   */
  public static void main(String[] words) throws IOException {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", words[0]);
    List<TopicPartition> all =
        IntStream.range(0, Integer.parseInt(words[1]))
            .mapToObj(p -> new TopicPartition("in", p))
            .toList();
    Map<String, Object> sending = new HashMap<>(settings);
    sending.put("linger.ms", 0);
    sending.put("acks", "all");
    PlainLoop loop = new PlainLoop();
    try (var in =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var out =
            new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer())) {
      in.assign(all);
      in.seekToEnd(all);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : in.poll(Duration.ofMillis(100))) {
          loop.derived(record.value())
              .ifPresent(v -> out.send(new ProducerRecord<>("out", record.key(), v)));
        }
      }
    }
  }

  private Optional<byte[]> derived(byte[] bid) {
    ObjectNode row = (ObjectNode) mapper.readTree(bid);
    long price = row.get("price").asLong();
    JsonNode channel = row.get("channel");
    if (price <= 2000 || !CHANNELS.contains(channel.asString())) {
      return Optional.empty();
    }
    OffsetDateTime at = OffsetDateTime.parse(row.get("dateTime").asString());
    row.put("price_eur", price * 0.908);
    row.put("channel_upper", channel.asString().toUpperCase(Locale.ROOT));
    row.put("hour", at.withOffsetSameInstant(ZoneOffset.UTC).getHour());
    return Optional.of(mapper.writeValueAsBytes(row));
  }
}
