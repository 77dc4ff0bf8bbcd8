package io.penstock.connectors.jdbc;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of the source of tables of databases. */
@Component(
    name = "jdbc",
    summary =
        "Reads a table or a query of a database in the order of its key, once or for ever; the"
            + " fields are those of `schema`.",
    example =
        """
        jdbc: { host: localhost, database: shop, auth: { user: reader, password: "${DATABASE_PASSWORD:-}" }, table: orders, key: order_id, increment: order_id }
        schema: { order_id: int, customer: string, placed_at: timestamp }
        """)
public record JdbcSourceConfig(
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
    @Option("The table, `orders` or `sales.orders`, as the catalogue writes it.")
        Optional<String> table,
    @Option("In place of a table: one `select`.") Optional<String> query,
    @Option(
            value =
                "The columns that tell rows apart and order them, never null; reading goes on"
                    + " behind the last key.",
            matter = Matter.PLACE)
        OneOrMany<String> key,
    @Option(
            value =
                "By what new rows are found, so that reading never ends; left out: the rows are"
                    + " read once.",
            matter = Matter.PLACE)
        Optional<Increment> increment,
    @Option(
            value =
                "In how many ranges of its key a table is read side by side; left out: in the order"
                    + " of its key, and as it is at one moment.",
            least = 2,
            most = 64,
            matter = Matter.PLACE)
        OptionalInt ranges,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry,
    @Option(value = "Settings of pace of the database's own driver.", matter = Matter.PACE)
        Map<String, String> properties)
    implements SourceConfig {
  private Address.Options where() {
    return new Address.Options(url, kind, host, port, database);
  }

  @Override
  public void check(Checks checks) {
    where().check(checks);
    Server.check(tls, where().which(), checks);
    DriverProperties.check(properties, where().which(), checks);
    if (table.isPresent() == query.isPresent()) {
      checks.problem(
          table.isPresent() ? ProblemCode.E110 : ProblemCode.E103,
          "query",
          table.isPresent()
              ? "`table` and `query` both say what is read"
              : "nothing says what is read",
          table.isPresent() ? "keep one of them" : "add `table: name` or `query: select ...`");
    }
    if (table.isPresent() && TableName.parse(table.get()).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "table",
          "`table` must be a table's name, not `" + table.get() + "`",
          "write `orders`, or `sales.orders` with its schema");
    }
    if (ranges.isPresent() && (increment.isPresent() || key.values().size() > 1)) {
      checks.problem(
          ProblemCode.E110,
          "ranges",
          increment.isPresent()
              ? "`ranges` are of rows that are read once, and `increment` reads for ever"
              : "`ranges` are of one column, and `key` has " + key.values().size(),
          "leave out `ranges`, or "
              + (increment.isPresent() ? "`increment`" : "name one column that tells rows apart"));
    }
    query
        .flatMap(Query::wrong)
        .ifPresent(
            why ->
                checks.problem(
                    ProblemCode.E104,
                    "query",
                    "`query` " + why,
                    "write one `select` without a `;` at its end"));
  }

  @Override
  public boolean takesSchema() {
    return true;
  }

  @Override
  public void check(Schema declared, Checks checks) {
    increment.ifPresent(wanted -> checkIncrement(wanted.by(), declared, checks));
  }

  private void checkIncrement(String by, Schema declared, Checks checks) {
    int index = declared.indexOf(by);
    if (index < 0) {
      checks.problem(
          ProblemCode.E301,
          "increment",
          "`increment` is by `" + by + "`, which `schema` does not have",
          Nearest.hint(by, "fields there", declared.names()));
      return;
    }
    ValueType type = declared.fields().get(index).type();
    boolean grows =
        type.type().equals(DataType.INT)
            || type.type().equals(DataType.TIMESTAMP)
            || type.type().equals(DataType.DATE);
    if (!grows || type.optional()) {
      checks.problem(
          ProblemCode.E404,
          "increment",
          "`"
              + by
              + "` is "
              + type
              + ", and what grows is an int, a timestamp or a date, never null",
          "take a column that counts rows, or the time of their last change");
    } else if (query.isPresent() || !type.type().equals(DataType.INT) || !tellsWriters()) {
      checks.problem(
          ProblemCode.W504,
          "increment",
          query.isPresent()
              ? "rows of a query that are committed late, with a `"
                  + by
                  + "` that was read already, are missed"
              : "rows whose transaction lasts longer than `behind` are missed",
          "read a `table` by a column that counts, or take `behind` as long as transactions last");
    }
  }

  private boolean tellsWriters() {
    Dialect dialect = where().which().dialect();
    return dialect.isAlone()
        || table.flatMap(TableName::parse).flatMap(dialect::writers).isPresent();
  }

  @Override
  public List<Problem> connect(Probe probe, Schema declared) throws IOException {
    return Reached.reading(this, declared, probe);
  }

  /** The way to the database. */
  Server server() {
    return new Server(where().address(), auth, tls, timeout, properties);
  }

  /** How many ranges are read side by side. */
  int sideBySide() {
    return ranges.orElse(1);
  }

  /** The columns that order the rows. */
  List<String> order() {
    LinkedHashSet<String> order = new LinkedHashSet<>();
    increment.ifPresent(wanted -> order.add(wanted.by()));
    order.addAll(key.values());
    return new ArrayList<>(order);
  }

  /** How what may pass is tried again. */
  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** A table may change, so reading it again may give other rows. */
  @Override
  public SourceTraits traits() {
    boolean waits = where().which().isServer() || ranges.isPresent();
    return new SourceTraits(increment.isEmpty(), true, false, true, waits, SourceTraits.Kind.ROWS);
  }

  /** The rows of a range have their order, and those of two have none. */
  @Override
  public String partition(String split) {
    return ranges.isPresent() ? split : "";
  }

  @Override
  public Source source() {
    return new JdbcSource(this);
  }

  @Override
  public List<MetaField> meta() {
    return List.of();
  }
}
