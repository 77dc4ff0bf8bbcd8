package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of a database that is asked for each row. */
@Component(
    name = "jdbc",
    summary =
        "Asks a database by a query with one row for each key, one key after the other; the fields"
            + " are those of `schema`.",
    example =
        """
        lookup:
          jdbc:
            url: postgresql://localhost/shop
            query: select name, tier from people where id = :id
            parameters: { id: customer }
          schema: { name: string, tier: int }
        """)
public record JdbcLookupConfig(
    @Option(
            "Where the database is, `postgresql://host:port/database`, `mariadb://` or `mysql://`; or its parts, below.")
        Optional<String> url,
    @Option("Which database it is; left out: PostgreSQL.") Optional<Kind> kind,
    @Option("The server's name or address; left out: this machine.") Optional<String> host,
    @Option(value = "The server's port; left out: the usual one.", least = 1, most = 65_535)
        OptionalInt port,
    @Option("The database's name; of H2 its file.") Optional<String> database,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option("One `select`, with `:name` at each place of a value.") String query,
    @Option(value = "The values by the names of their places.", required = true)
        Map<String, ExpressionText> parameters,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry,
    @Option(value = "Settings of pace of the database's own driver.", matter = Matter.PACE)
        Map<String, String> properties)
    implements LookupConfig {
  /** Looking at it without a run is not to take longer. */
  private static final Duration LOOKING = Duration.ofSeconds(30);

  public JdbcLookupConfig {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  private Address.Options where() {
    return new Address.Options(url, kind, host, port, database);
  }

  @Override
  public void check(Checks checks) {
    where().check(checks);
    Server.check(tls, where().which(), checks);
    DriverProperties.check(properties, where().which(), checks);
    Optional<String> wrong = NamedQuery.wrong(query);
    if (wrong.isPresent()) {
      checks.problem(
          ProblemCode.E104,
          "query",
          "`query` " + wrong.get(),
          "write one `select` without a `;` at its end, with `:name` where a value stands");
      return;
    }
    List<String> places = named().names();
    for (String place : places) {
      if (!parameters.containsKey(place)) {
        checks.problem(
            ProblemCode.E110,
            "parameters",
            "`query` has `:" + place + "`, and `parameters` has no value of that name",
            Nearest.hint(place, "parameters", parameters.keySet()));
      }
    }
    for (String name : parameters.keySet()) {
      if (!places.contains(name)) {
        checks.problem(
            ProblemCode.E110,
            "parameters",
            "`query` has no place `:" + name + "`",
            Nearest.hint(name, "places of the query", places));
      }
    }
  }

  /** The query with its places. */
  NamedQuery named() {
    return NamedQuery.of(query);
  }

  /** The parameters' names in the order of the key. */
  List<String> names() {
    return List.copyOf(parameters.keySet());
  }

  /** How what may pass is tried again. */
  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** The way to the database. */
  Server server(Duration timeout) {
    return new Server(where().address(), auth, tls, timeout, properties);
  }

  @Override
  public List<KeyPart> key() {
    List<KeyPart> key = new ArrayList<>();
    parameters.forEach((name, value) -> key.add(new KeyPart(name, value, false)));
    return key;
  }

  @Override
  public Optional<String> refusal(KeyPart part, ValueType type) {
    boolean known =
        type.type() instanceof DataType.Decimal
            || type.type() instanceof DataType.Simple simple
                && !simple.equals(DataType.JSON)
                && !simple.equals(DataType.DURATION);
    return known
        ? Optional.empty()
        : Optional.of("is " + type + ", which is no value of a query's place");
  }

  @Override
  public Lookup lookup() {
    return new JdbcLookup(this);
  }

  @Override
  public List<Problem> connect(Probe probe, Schema answer) throws IOException {
    return Reached.asking(this, LOOKING, answer, probe);
  }
}
