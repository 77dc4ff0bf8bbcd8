package io.penstock.connectors.kafka;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Matter;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of the Kafka source. */
@Component(
    name = "kafka",
    summary = "Reads topics, each partition in its order.",
    example =
        "kafka: { brokers: \"localhost:9092\", topic: orders, group: warehouse, format: json }")
public record KafkaSourceConfig(
    @Option(value = "A broker to begin with, `host:port`, or a list of them.", matter = Matter.PACE)
        OneOrMany<String> brokers,
    @Option("The topic, a list of topics, or `{ pattern: ... }`.") Topics topic,
    @Option("How a record's value is read.") Optional<FormatConfig> format,
    @Option(
            value =
                "The group whose offsets are set for people to see, after the decision; they are"
                    + " never read.",
            matter = Matter.PACE)
        Optional<String> group,
    @Option(
            value =
                "The share group that hands out the records, each to one of its members (brokers from"
                    + " 4.2 on); acknowledged after the decision. In place of positions of our own.")
        Optional<String> queue,
    @Option(
            value = "Where reading begins the first time: `earliest`, `latest`, or a time.",
            byDefault = "earliest",
            matter = Matter.CONTENT)
        String start,
    @Option(
            value = "Whether records of transactions that are not decided are read.",
            byDefault = "read_committed",
            matter = Matter.CONTENT)
        Isolation isolation,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry,
    @Option(
            value = "The most bytes that a record may have.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord,
    @Option(value = "Settings of pace of Kafka's own consumer.", matter = Matter.PACE)
        Map<String, String> properties)
    implements SourceConfig {
  private static final Duration REDISCOVER = Duration.ofSeconds(60);
  private static final long LEAST_MILLIS = 100;

  /** Which records of transactions are read. */
  public enum Isolation {
    READ_COMMITTED,
    READ_UNCOMMITTED
  }

  @Override
  public void checkEach(Checks checks) {
    Address.check(brokers, checks);
    Properties.check(properties, Properties.OF_CONSUMERS, checks);
    if (queue.isPresent()) {
      checkQueue(checks);
    }
    if (Start.of(start).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "start",
          "`start` must be `earliest`, `latest` or a time, not `" + start + "`",
          "write a time as `2026-01-31T00:00:00Z`");
    }
    if (format.isPresent() && format.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each record is decoded by itself, so there is no beginning of a file that names the"
              + " fields",
          "write `format: { csv: { header: false } }` and a `schema`, or `format: { avro: single"
              + " }`");
    }
  }

  private void checkQueue(Checks checks) {
    if (group.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "group",
          "`queue` is a group itself, and offsets are set for no other",
          "leave out `group`");
    }
    if (topic.pattern().isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "topic",
          "the members of a share group name their topics",
          "write the topics' names, or leave out `queue`");
    }
    if (Start.of(start).filter(at -> at instanceof Start.At).isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "start",
          "a share group begins with the earliest records or the latest, not with a time",
          "write `start: earliest` or `start: latest`");
    }
  }

  Start startAt() {
    return Start.of(start).orElseThrow();
  }

  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** The way to the brokers. */
  Client client() {
    return new Client(brokers, auth, tls, timeout, properties);
  }

  @Override
  public SourceTraits traits() {
    return queue.isPresent()
        ? new SourceTraits(false, false, false, false, true, true, SourceTraits.Kind.BYTES)
        : new SourceTraits(false, true, true, true, true, SourceTraits.Kind.BYTES);
  }

  /** Each partition has an order and a time of its own. */
  @Override
  public String partition(String split) {
    return split;
  }

  /** As often as the client asks for what topics look like, but at least once in a minute. */
  @Override
  public Optional<Duration> rediscover() {
    if (queue.isPresent()) {
      return Optional.empty();
    }
    try {
      long millis = Long.parseLong(properties.getOrDefault("metadata.max.age.ms", "60000").strip());
      Duration asked = Duration.ofMillis(Math.max(LEAST_MILLIS, millis));
      return Optional.of(asked.compareTo(REDISCOVER) < 0 ? asked : REDISCOVER);
    } catch (NumberFormatException notOurs) {
      // The client says what is wrong with it.
      return Optional.of(REDISCOVER);
    }
  }

  @Override
  public Source source() {
    return queue
        .<Source>map(name -> new KafkaQueue(this, name))
        .orElseGet(() -> new KafkaSource(this));
  }

  @Override
  public List<Problem> connect(Probe probe, Schema declared) throws IOException {
    return Reached.reading(client(), topic, probe);
  }

  @Override
  public List<MetaField> meta() {
    return List.of(
        new MetaField("topic", ValueType.required(DataType.STRING), "The topic's name."),
        new MetaField(
            "partition", ValueType.required(DataType.INT), "The number of the partition, from 0."),
        new MetaField(
            "offset", ValueType.required(DataType.INT), "The record's offset in its partition."),
        new MetaField(
            "timestamp",
            ValueType.required(DataType.TIMESTAMP),
            "The record's time, as its producer or its broker has set it."),
        new MetaField(
            "key", ValueType.optional(DataType.STRING), "The record's key as text; null for none."),
        new MetaField(
            "key_bytes",
            ValueType.optional(DataType.BYTES),
            "The record's key as it is; null for none."),
        new MetaField(
            "headers",
            ValueType.required(new DataType.MapOf(ValueType.optional(DataType.STRING))),
            "The record's headers as text; the last of those that have one name."));
  }
}
