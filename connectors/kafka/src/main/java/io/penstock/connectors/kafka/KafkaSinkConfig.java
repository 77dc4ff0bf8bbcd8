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
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Matter;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of the Kafka sink. */
@Component(
    name = "kafka",
    summary = "Writes a record for each row into a topic.",
    example =
        "kafka: { brokers: \"localhost:9092\", topic: \"alerts-{country}\", key: order_id, format: json }")
public record KafkaSinkConfig(
    @Option(value = "A broker to begin with, `host:port`, or a list of them.", matter = Matter.PACE)
        OneOrMany<String> brokers,
    @Option("The topic; with `{expression}` one for each value. Topics are not made.")
        Template topic,
    @Option("How a record's value is written.") Optional<FormatConfig> format,
    @Option(
            value = "An expression whose value, as text, is the record's key; null: no key.",
            matter = Matter.CONTENT)
        Optional<ExpressionText> key,
    @Option(
            value =
                "An expression for the number of the partition, from 0; null or left out: by the key.",
            matter = Matter.CONTENT)
        Optional<ExpressionText> partition,
    @Option(
            value =
                "An expression for the record's time; null or left out: the time at which it is sent.",
            matter = Matter.CONTENT)
        Optional<ExpressionText> timestamp,
    @Option(value = "The record's headers, each a text.", matter = Matter.CONTENT)
        Map<String, Template> headers,
    @Option(
            value = "How records that are sent together are compressed.",
            byDefault = "none",
            matter = Matter.PACE)
        Compression compression,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry,
    @Option(Words.BATCH) Optional<BatchLimits> batch,
    @Option(value = Words.IN_FLIGHT, byDefault = "5", least = 1, most = 5, matter = Matter.PACE)
        int inFlight,
    @Option(
            value =
                "How long the rows of an epoch may take to be sent, before the brokers let go of its transaction.",
            byDefault = "1m",
            matter = Matter.PACE)
        Duration transactionTimeout,
    @Option(value = "Settings of pace of Kafka's own producer.", matter = Matter.PACE)
        Map<String, String> properties)
    implements SinkConfig {
  private static final Duration LONGEST_TRANSACTION = Duration.ofDays(1);

  /** How records are compressed. */
  public enum Compression {
    NONE,
    GZIP,
    SNAPPY,
    LZ4,
    ZSTD;

    String protocolName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void checkEach(Checks checks) {
    Address.check(brokers, checks);
    Properties.check(properties, Properties.OF_PRODUCERS, checks);
    if (topic.isConstant() && !Topics.isName(topic.prefix())) {
      checks.problem(
          ProblemCode.E104,
          "topic",
          "`topic` must be a topic's name (letters, digits, `.`, `_`, `-`), not `"
              + topic.text()
              + "`",
          "write the name as the broker has it");
    }
    if (transactionTimeout.toMillis() < 1
        || transactionTimeout.compareTo(LONGEST_TRANSACTION) > 0) {
      checks.problem(
          ProblemCode.E105,
          "transaction_timeout",
          "`transaction_timeout` must lie between 1ms and 1d",
          "brokers allow 15m if nobody has told them otherwise");
    }
  }

  @Override
  public void check(SinkUse use, Optional<FormatConfig> known, Checks checks) {
    if (known.isPresent() && known.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each record is written by itself, so there is no first line that names the fields",
          "write `format: { csv: { header: false } }`");
    }
  }

  /** Exactly once wherever state is kept, but where at least once is said to be enough. */
  @Override
  public SinkTraits traits(SinkUse use) {
    boolean spooled = use.keepsState() && !use.atLeastOnce();
    return new SinkTraits(
        spooled ? SinkTraits.Kind.SPOOLED : SinkTraits.Kind.IMMEDIATE, false, false);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) throws IOException {
    return Reached.writing(client(), destination(), timestamp.isPresent(), probe);
  }

  @Override
  public Optional<String> destination() {
    return topic.isConstant() ? Optional.of(topic.prefix()) : Optional.empty();
  }

  @Override
  public Sink sink() {
    return new KafkaSink(this);
  }

  @Override
  public List<Template> templates() {
    List<Template> all = new ArrayList<>();
    all.add(topic);
    List.of(key, partition, timestamp).forEach(e -> e.map(Template::of).ifPresent(all::add));
    all.addAll(headers.values());
    all.removeIf(Template::isConstant);
    return all.stream().distinct().toList();
  }

  @Override
  public Optional<ValueType> type(Template template) {
    if (partition.map(Template::of).filter(template::equals).isPresent()) {
      return Optional.of(ValueType.optional(DataType.INT));
    }
    return timestamp.map(Template::of).filter(template::equals).isPresent()
        ? Optional.of(ValueType.optional(DataType.TIMESTAMP))
        : Optional.empty();
  }

  @Override
  public boolean isRaw(Template template) {
    return List.of(key, partition, timestamp).stream()
        .anyMatch(e -> e.map(Template::of).filter(template::equals).isPresent());
  }

  /** The way to the brokers. */
  Client client() {
    return new Client(brokers, auth, tls, timeout, properties);
  }

  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }
}
