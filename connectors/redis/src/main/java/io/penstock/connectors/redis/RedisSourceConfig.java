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
    summary = "Reads the entries of streams, each stream in its order.",
    example = "redis: { server: \"localhost:6379\", streams: orders, format: json }")
public record RedisSourceConfig(
    @Option(value = "The server, `host:port`.", matter = Matter.PACE) String server,
    @Option("The stream's key, or a list of such; a stream that is not there yet is empty.")
        OneOrMany<String> streams,
    @Option(
            value = "The field of an entry that is the record.",
            byDefault = "value",
            matter = Matter.CONTENT)
        String field,
    @Option("How that field is read.") Optional<FormatConfig> format,
    @Option(
            value = "Where reading begins the first time: `earliest`, `latest`, or a time.",
            byDefault = "earliest",
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
    if (streams.values().stream().anyMatch(String::isEmpty)
        || new HashSet<>(streams.values()).size() < streams.values().size()) {
      checks.problem(
          ProblemCode.E104,
          "streams",
          "`streams` must be the keys of different streams",
          "write each key once");
    }
    if (format.isPresent() && format.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each record is decoded by itself, so there is no beginning of a file that names the"
              + " fields",
          "write `format: { csv: { header: false } }` and a `schema`");
    }
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
    return new SourceTraits(false, true, true, true, true, SourceTraits.Kind.BYTES);
  }

  /** Each stream has an order and a time of its own. */
  @Override
  public String partition(String split) {
    return split;
  }

  @Override
  public Source source() {
    return new RedisSource(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema declared) throws IOException {
    return Reached.keys(way(), streams.values(), probe, ProblemCode.R210);
  }

  @Override
  public List<MetaField> meta() {
    return List.of(
        new MetaField("stream", ValueType.required(DataType.STRING), "The stream's key."),
        new MetaField("id", ValueType.required(DataType.STRING), "The entry's id."),
        new MetaField(
            "timestamp",
            ValueType.required(DataType.TIMESTAMP),
            "The time in the entry's id, when the server took it."));
  }
}
