package io.penstock.connectors.redis;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The options of the Redis source. */
@Component(
    name = "redis",
    summary =
        "Reads the entries of streams, each stream in its order; or hears the messages of channels,"
            + " which nobody keeps: what is published while the pipeline does not listen is gone.",
    example = "redis: { server: \"localhost:6379\", streams: orders, format: json }")
public record RedisSourceConfig(
    @Option(value = "The server, `host:port`.", matter = Matter.PACE) String server,
    @Option("The stream's key, or a list of such; a stream that is not there yet is empty.")
        Optional<OneOrMany<String>> streams,
    @Option("The channel whose messages are heard, or a list of such.")
        Optional<OneOrMany<String>> subscribe,
    @Option(
            "A pattern of channels whose messages are heard (`orders.*`), or a list of such; a"
                + " message comes once for each pattern and channel that it is heard by.")
        Optional<OneOrMany<String>> patterns,
    @Option(
            value = "With `streams`: the field of an entry that is the record.",
            byDefault = VALUE,
            matter = Matter.CONTENT)
        String field,
    @Option("How that field, or a message, is read.") Optional<FormatConfig> format,
    @Option(
            value =
                "With `streams`: where reading begins the first time: `earliest`, `latest`, or a time.",
            byDefault = EARLIEST,
            matter = Matter.CONTENT)
        String start,
    @Option(value = "The number of the database.", byDefault = "0", least = 0, most = 1_000_000)
        int database,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry,
    @Option(
            value = "The most bytes that a record may have.",
            byDefault = "16MiB",
            matter = Matter.CONTENT)
        DataSize maxRecord)
    implements SourceConfig {
  private static final String VALUE = "value";
  private static final String EARLIEST = "earliest";

  @Override
  public void checkEach(Checks checks) {
    Address.check(server, checks);
    if (Start.of(start).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "start",
          "`start` must be `earliest`, `latest` or a time, not `" + start + "`",
          "write a time as `2026-01-31T00:00:00Z`");
    }
    checkNames("streams", streams, "the keys of different streams", "key", checks);
    checkNames("subscribe", subscribe, "the names of different channels", "name", checks);
    checkNames("patterns", patterns, "different patterns of channels", "pattern", checks);
    if (format.isPresent() && format.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each record is decoded by itself, so there is no beginning of a file that names the"
              + " fields",
          "write `format: { csv: { header: false } }` and a `schema`");
    }
  }

  private static void checkNames(
      String option, Optional<OneOrMany<String>> names, String must, String one, Checks checks) {
    List<String> all = names(names);
    if (all.stream().anyMatch(String::isEmpty) || new HashSet<>(all).size() < all.size()) {
      checks.problem(
          ProblemCode.E104,
          option,
          "`" + option + "` must be " + must,
          "write each " + one + " once");
    }
  }

  @Override
  public void check(Checks checks) {
    if (streams.isPresent() == hears()) {
      checks.problem(
          streams.isPresent() ? ProblemCode.E110 : ProblemCode.E103,
          "streams",
          "a source reads `streams`, or hears the channels of `subscribe` and `patterns`",
          streams.isPresent() ? "make two sources of it" : "add `streams: orders`");
    }
    boolean ofStreams = !start.equals(EARLIEST) || !field.equals(VALUE);
    if (hears() && streams.isEmpty() && ofStreams) {
      checks.problem(
          ProblemCode.E110,
          start.equals(EARLIEST) ? "field" : "start",
          "messages of channels have no fields, and are heard from when the pipeline listens",
          "leave it out");
    }
  }

  private boolean hears() {
    return subscribe.isPresent() || patterns.isPresent();
  }

  private static List<String> names(Optional<OneOrMany<String>> names) {
    return names.map(OneOrMany::values).orElse(List.of());
  }

  List<String> keys() {
    return names(streams);
  }

  List<String> channels() {
    return names(subscribe);
  }

  List<String> channelPatterns() {
    return names(patterns);
  }

  Start startAt() {
    return Start.of(start).orElseThrow();
  }

  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** The way to the server. */
  Way way() {
    return new Way(server, database, auth, tls, timeout);
  }

  @Override
  public SourceTraits traits() {
    boolean kept = !hears();
    return new SourceTraits(false, kept, kept, true, true, SourceTraits.Kind.BYTES);
  }

  /** Each stream has an order and a time of its own. */
  @Override
  public String partition(String split) {
    return split;
  }

  @Override
  public Source source() {
    return hears() ? new ChannelSource(this) : new RedisSource(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema declared) throws IOException {
    return Reached.keys(way(), keys(), probe, ProblemCode.R210);
  }

  @Override
  public List<MetaField> meta() {
    if (hears()) {
      return List.of(
          new MetaField(
              Message.CHANNEL,
              ValueType.required(DataType.STRING),
              "The channel that the message was published to."),
          new MetaField(
              Message.PATTERN,
              ValueType.optional(DataType.STRING),
              "The pattern by which it was heard; null where its channel is in `subscribe`."),
          new MetaField(
              Message.RECEIVED_AT,
              ValueType.required(DataType.TIMESTAMP),
              "When the message was heard."));
    }
    return List.of(
        new MetaField("stream", ValueType.required(DataType.STRING), "The stream's key."),
        new MetaField("id", ValueType.required(DataType.STRING), "The entry's id."),
        new MetaField(
            "timestamp",
            ValueType.required(DataType.TIMESTAMP),
            "The time in the entry's id, when the server took it."));
  }
}
