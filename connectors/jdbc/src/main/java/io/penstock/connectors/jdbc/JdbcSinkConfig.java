package io.penstock.connectors.jdbc;

import io.penstock.api.data.Schema;
import io.penstock.api.network.Retry;
import io.penstock.api.network.Tls;
import io.penstock.api.network.Words;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of the sink for tables of databases. */
@Component(
    name = "jdbc",
    summary =
        "Writes rows to a table of a database, in a run with state each exactly once; a field goes"
            + " to the column of its name.",
    example =
        "jdbc: { host: localhost, database: shop, auth: { user: writer, password:"
            + " \"${DATABASE_PASSWORD:-}\" }, table: orders, mode: upsert, key: order_id }")
public record JdbcSinkConfig(
    @Option(
            "Where the database is, `postgresql://host:port/database`, `mariadb://` or `mysql://`; or its parts, below.")
        Optional<String> url,
    @Option("Which database it is; left out: PostgreSQL.") Optional<Kind> kind,
    @Option(value = "The server's name or address; left out: this machine.", matter = Matter.PACE)
        Optional<String> host,
    @Option(
            value = "The server's port; left out: the usual one.",
            least = 1,
            most = 65_535,
            matter = Matter.PACE)
        OptionalInt port,
    @Option("The database's name; of H2 its file.") Optional<String> database,
    @Option(Words.AUTH) Optional<Auth> auth,
    @Option(Words.TLS) Optional<Tls> tls,
    @Option("The table, `orders` or `sales.orders`, as the catalogue writes it.") String table,
    @Option(
            value = "What is done with a row: added, or put in the place of the one with its key.",
            byDefault = "insert",
            matter = Matter.CONTENT)
        Mode mode,
    @Option(
            value =
                "The columns that tell rows apart, for `upsert` and `if_exists: skip`; a unique"
                    + " index must stand on them.",
            matter = Matter.CONTENT)
        Optional<OneOrMany<String>> key,
    @Option(
            value = "What an added row does whose key is there: it is refused, or passed over.",
            byDefault = "fail",
            matter = Matter.CONTENT)
        IfExists ifExists,
    @Option(
            value =
                "The table in the same database in which runs with state keep which epoch is"
                    + " written; made where it is not there.",
            byDefault = "penstock_epochs")
        String epochs,
    @Option(value = Words.TIMEOUT, byDefault = Words.USUAL_TIMEOUT, matter = Matter.PACE)
        Duration timeout,
    @Option(value = Words.RETRY, matter = Matter.PACE) Optional<Retry> retry,
    @Option(value = "Settings of pace of the database's own driver.", matter = Matter.PACE)
        Map<String, String> properties)
    implements SinkConfig {
  /** What is done with a row. */
  public enum Mode {
    INSERT,
    UPSERT
  }

  /** What an added row does whose key is there. */
  public enum IfExists {
    FAIL,
    SKIP
  }

  private Address.Options where() {
    return new Address.Options(url, kind, host, port, database);
  }

  @Override
  public void check(Checks checks) {
    where().check(checks);
    Server.check(tls, where().which(), checks);
    DriverProperties.check(properties, where().which(), checks);
    checkTable("table", table, checks);
    checkTable("epochs", epochs, checks);
    boolean keyed = mode == Mode.UPSERT || ifExists == IfExists.SKIP;
    if (mode == Mode.UPSERT && ifExists == IfExists.SKIP) {
      checks.problem(
          ProblemCode.E110,
          "if_exists",
          "`mode: upsert` replaces the row that is there, and `if_exists: skip` leaves it",
          "keep one of them");
    } else if (keyed && key.isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          mode == Mode.UPSERT ? "mode" : "if_exists",
          "nothing says which rows are the same",
          "add `key: [column]`, with the columns of a unique index");
    } else if (!keyed && key.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "key",
          "`key` has no meaning where each row is added",
          "leave it out, or write `mode: upsert` or `if_exists: skip`");
    }
    List<String> names = key.map(OneOrMany::values).orElse(List.of());
    if (new HashSet<>(names).size() < names.size()) {
      checks.problem(
          ProblemCode.E104,
          "key",
          "`key` names a column twice: `" + String.join("`, `", names) + "`",
          "name each once");
    }
  }

  private static void checkTable(String option, String text, Checks checks) {
    if (TableName.parse(text).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          option,
          "`" + option + "` must be a table's name, not `" + text + "`",
          "write `orders`, or `sales.orders` with its schema");
    }
  }

  @Override
  public List<Problem> connect(Probe probe, Schema rows) throws IOException {
    return Reached.writing(this, rows, probe);
  }

  /** The way to the database. */
  Server server() {
    return new Server(where().address(), auth, tls, timeout, properties);
  }

  /** What happens to a row whose key is there. */
  WriteMode writeMode() {
    if (mode == Mode.UPSERT) {
      return WriteMode.UPSERT;
    }
    return ifExists == IfExists.SKIP ? WriteMode.SKIP : WriteMode.INSERT;
  }

  /** The columns that tell rows apart. */
  List<String> keys() {
    return key.map(OneOrMany::values).orElse(List.of());
  }

  /** How what may pass is tried again. */
  Retry retries() {
    return retry.orElse(Retry.USUAL);
  }

  /** With state an epoch is one transaction with its number; without, the whole run is one. */
  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(
        use.keepsState() ? SinkTraits.Kind.SPOOLED : SinkTraits.Kind.STAGED,
        writeMode() != WriteMode.INSERT,
        mode == Mode.UPSERT);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return new JdbcSink(this);
  }
}
