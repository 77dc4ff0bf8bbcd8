package io.penstock.connectors.redis;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The options of the Redis sink. */
@Component(
    name = "redis",
    summary =
        "Writes a record for each row: as an entry of a stream, a message of a channel, or the"
            + " value of a key.",
    example = "redis: { server: \"localhost:6379\", stream: \"orders-{country}\", format: json }")
public record RedisSinkConfig(
    @Option(value = "The server, `host:port`.", matter = Matter.PACE) String server,
    @Option("The key of a stream to which an entry is added for each row.")
        Optional<Template> stream,
    @Option("The channel to which each row is published; nobody keeps what is published.")
        Optional<Template> publish,
    @Option("The key that is set to each row's record.") Optional<Template> set,
    @Option(
            value = "With `stream`: the field of an entry that is the record.",
            byDefault = "value",
            matter = Matter.CONTENT)
        String field,
    @Option(
            value = "With `stream`: about how many entries it keeps, the oldest go; left out: all.",
            least = 1,
            matter = Matter.CONTENT)
        OptionalLong keep,
    @Option(
            value = "With `set`: after what time a key goes away; left out: never.",
            matter = Matter.CONTENT)
        Optional<Duration> ttl,
    @Option("How a record is written.") Optional<FormatConfig> format,
    @Option(value = "The number of the database.", byDefault = "0", least = 0, most = 1_000_000)
        int database,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry)
    implements SinkConfig {
  @Override
  public void checkEach(Checks checks) {
    Address.check(server, checks);
    if (ttl.isPresent() && ttl.get().toMillis() < 1) {
      checks.problem(
          ProblemCode.E105,
          "ttl",
          "`ttl` must be 1ms at least",
          "write `ttl: 1h`, or leave it out");
    }
  }

  @Override
  public void check(Checks checks) {
    long targets = Stream.of(stream, publish, set).filter(Optional::isPresent).count();
    if (targets != 1) {
      checks.problem(
          ProblemCode.E110,
          "stream",
          targets == 0
              ? "it is not said where the rows go"
              : "rows go to one place, and there are " + targets,
          "give one of `stream`, `publish` and `set`");
    }
    if (keep.isPresent() && stream.isEmpty()) {
      checks.problem(ProblemCode.E110, "keep", "`keep` goes with `stream` only", "leave it out");
    }
    if (ttl.isPresent() && set.isEmpty()) {
      checks.problem(ProblemCode.E110, "ttl", "`ttl` goes with `set` only", "leave it out");
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

  /** Where rows go. */
  Template target() {
    return stream.or(() -> publish).or(() -> set).orElseThrow();
  }

  /** Exactly once wherever state is kept, but where at least once is said to be enough. */
  @Override
  public SinkTraits traits(SinkUse use) {
    boolean spooled = use.keepsState() && !use.atLeastOnce();
    return new SinkTraits(
        spooled ? SinkTraits.Kind.SPOOLED : SinkTraits.Kind.IMMEDIATE, set.isPresent(), false);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) throws IOException {
    List<String> constant =
        stream.filter(Template::isConstant).map(Template::prefix).map(List::of).orElse(List.of());
    return Reached.keys(way(), constant, probe, ProblemCode.R310);
  }

  @Override
  public Sink sink() {
    return new RedisSink(this);
  }

  @Override
  public List<Template> templates() {
    return Stream.of(stream, publish, set)
        .flatMap(Optional::stream)
        .filter(template -> !template.isConstant())
        .distinct()
        .toList();
  }

  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** The way to the server. */
  Way way() {
    return new Way(server, database, auth, tls, timeout);
  }
}
