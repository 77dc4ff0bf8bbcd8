import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The work of latency.sh as a topology of Kafka Streams with two threads: {@code StreamsPeer BROKERS
 * FROM TO FOLDER at_least_once|COMMIT_MILLISECONDS}. A program of one file, since its libraries are
 * fetched for the benchmark alone.
 */
public final class StreamsPeer {
  private static final Set<String> CHANNELS = Set.of("Google", "Apple", "Baidu");

  public static void main(String[] arguments) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", arguments[0]);
    settings.put("application.id", "streams-" + arguments[1]);
    settings.put("state.dir", arguments[3]);
    settings.put("num.stream.threads", "2");
    settings.put("auto.offset.reset", "earliest");
    settings.put("producer.linger.ms", "0");
    if (!arguments[4].equals("at_least_once")) {
      settings.put("processing.guarantee", "exactly_once_v2");
      settings.put("commit.interval.ms", arguments[4]);
    }
    ThreadLocal<ObjectMapper> json = ThreadLocal.withInitial(ObjectMapper::new);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(arguments[1], Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .mapValues(value -> derived(json.get(), value))
        .filter((key, value) -> value != null)
        .to(arguments[2], Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    KafkaStreams streams = new KafkaStreams(builder.build(), settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(3))));
    streams.start();
  }

  private static byte[] derived(ObjectMapper json, byte[] value) {
    try {
      ObjectNode bid = (ObjectNode) json.readTree(value);
      long price = bid.get("price").asLong();
      String channel = bid.get("channel").asText();
      if (price <= 2000 || !CHANNELS.contains(channel)) {
        return null;
      }
      bid.put("price_eur", price * 0.908);
      bid.put("channel_upper", channel.toUpperCase(Locale.ROOT));
      Instant time = Instant.parse(bid.get("dateTime").asText());
      bid.put("hour", time.atOffset(ZoneOffset.UTC).getHour());
      return json.writeValueAsBytes(bid);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
