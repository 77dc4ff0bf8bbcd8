package io.penstock.connectors.redis;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupConfig;
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
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of a Redis server that is asked for each row. */
@Component(
    name = "redis",
    summary =
        "Asks a Redis server for the text at a key, which is the field `value`; with `format` for a"
            + " record, whose fields are those of `schema`.",
    example =
        """
        lookup:
          redis: { server: "localhost:6379", get: "tier:{customer}" }
          take: { tier: value }
        """)
public record RedisLookupConfig(
    @Option(value = "The server, `host:port`.", matter = Matter.PLACE) String server,
    @Option("The key; `{expression}` in it is replaced for each row.") Template get,
    @Option("How what is there is read as one record; left out: it is a text.")
        Optional<FormatConfig> format,
    @Option(value = "The number of the database.", byDefault = "0", least = 0, most = 1_000_000)
        int database,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry)
    implements LookupConfig {
  private static final Schema TEXT = Schema.of(Field.of("value", DataType.STRING));

  /** Looking at it without a run is not to take longer. */
  private static final Duration LOOKING = Duration.ofSeconds(30);

  @Override
  public void checkEach(Checks checks) {
    Address.check(server, checks);
    if (get.isConstant()) {
      checks.problem(
          ProblemCode.E104,
          "get",
          "`get` has no `{expression}`, so all rows would get one answer",
          "put into it what is looked up: `tier:{customer}`");
    }
    if (format.isPresent() && format.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each record is decoded by itself, so there is no beginning of a file that names the"
              + " fields",
          "write `format: { csv: { header: false } }` and a `schema`");
    }
    if (format.flatMap(FormatConfig::line).isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "`line` says how the rows of a sink are written, and this is read",
          "leave it out");
    }
  }

  /** How what may pass is tried again. */
  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** The way to the server. */
  Way way(Duration timeout) {
    return new Way(server, database, auth, tls, timeout);
  }

  @Override
  public List<KeyPart> key() {
    return KeyPart.of(get);
  }

  @Override
  public Optional<Schema> answer() {
    return format.isPresent() ? Optional.empty() : Optional.of(TEXT);
  }

  @Override
  public Lookup lookup() {
    return new RedisLookup(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema answer) throws IOException {
    return Reached.keys(way(LOOKING), List.of(), probe, ProblemCode.R210);
  }
}
