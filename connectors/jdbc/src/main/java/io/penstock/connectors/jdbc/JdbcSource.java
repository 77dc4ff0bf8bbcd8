package io.penstock.connectors.jdbc;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table or query in the order of a key, in one split; or in ranges of the key, each a
 * split.
 */
final class JdbcSource implements Source {
  private static final Split SPLIT = new Split("rows");

  private final JdbcSourceConfig config;
  private final Server server;
  private @Nullable SourceContext run;
  private @Nullable Pool pool;
  private @Nullable Selection selection;
  private List<TableColumn> columns = List.of();
  private Map<Split, Position> ranges = Map.of();

  JdbcSource(JdbcSourceConfig config) {
    this.config = config;
    this.server = config.server();
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    try {
      Pool opened =
          Pool.of(context.step(), server, 1 + config.sideBySide(), context.disk(), context.files());
      pool = opened;
      try (Connection connection = opened.first()) {
        connection.setReadOnly(true);
        Found found = new Found(config, server, connection, failure());
        columns = found.columns(context.schema());
        selection =
            new Selection(
                server.dialect(),
                found.from(),
                context.schema().names(),
                config.order(),
                found.types(config.order()));
        connection.rollback();
      }
    } catch (SQLException wrong) {
      throw failed(wrong);
    }
  }

  private PipelineException failed(SQLException wrong) {
    return failure()
        .of(
            config.table().map(t -> "table `" + t + "`").orElse("the query") + " cannot be read",
            wrong);
  }

  Failure failure() {
    return new Failure(opened(run).step(), server, ProblemCode.R210);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not open");
    }
    return part;
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    if (known.isEmpty() && config.sideBySide() > 1) {
      ranges = cut();
      return new Discovery(List.copyOf(ranges.keySet()), List.of(), List.of());
    }
    return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
  }

  private Map<Split, Position> cut() {
    try (Connection connection = opened(pool).connection()) {
      connection.setReadOnly(true);
      Map<Split, Position> found = Ranges.cut(connection, opened(selection), config.sideBySide());
      connection.rollback();
      return found;
    } catch (SQLException wrong) {
      throw failed(wrong);
    }
  }

  /** The beginning, or behind the last row that may be read now. */
  @Override
  public Position start(Split split) {
    if (ranges.containsKey(split)) {
      return ranges.getOrDefault(split, Position.START);
    }
    boolean latest =
        config.increment().filter(i -> i.start() == Increment.Start.LATEST).isPresent();
    if (!latest) {
      return Position.START;
    }
    Growth growth = growth();
    OptionalLong most = settled(growth);
    if (growth.waits()) {
      throw failure()
          .problem(
              ProblemCode.R210,
              "transactions that write to `"
                  + config.table().orElse("")
                  + "` do not end, so nobody can say what is the latest row",
              "end them, or give `timeout` more time");
    }
    if (most.isEmpty()) {
      return Position.START;
    }
    try (Connection connection = opened(pool).connection()) {
      connection.setReadOnly(true);
      String text = opened(selection).last(true);
      try (PreparedStatement select = connection.prepareStatement(text)) {
        select.setString(1, growth.text(most.getAsLong()));
        select.setMaxRows(1);
        try (ResultSet rows = select.executeQuery()) {
          return rows.next()
              ? Place.of(Position.START)
                  .behind(most.getAsLong(), rows, 1, config.order().size())
                  .position()
              : Position.START;
        }
      } finally {
        connection.rollback();
      }
    } catch (SQLException wrong) {
      throw failed(wrong);
    }
  }

  private Growth growth() {
    Increment increment = config.increment().orElseThrow();
    Field field = opened(run).schema().field(increment.by()).orElseThrow();
    Optional<TableName> table = config.table().flatMap(TableName::parse);
    return new Growth(opened(selection), field, increment, table, opened(run).clock());
  }

  /** Waits for writers, as long as an answer may take. */
  private OptionalLong settled(Growth growth) {
    long begun = opened(run).clock().nanos();
    long longest = config.timeout().plus(config.increment().orElseThrow().behind()).toNanos();
    try (Connection connection = opened(pool).connection()) {
      connection.setReadOnly(true);
      while (true) {
        OptionalLong most = growth.settled(connection);
        boolean late = opened(run).clock().nanos() - begun > longest;
        if (most.isPresent() || !growth.waits() || late) {
          return most;
        }
        server.dialect().idle(connection, java.time.Duration.ofMillis(20));
      }
    } catch (SQLException wrong) {
      throw failed(wrong);
    }
  }

  /** Behind the greatest value that may be read; before everything where there is none yet. */
  @Override
  public Bound end(Split split) {
    if (config.increment().isEmpty()) {
      return Bound.NONE;
    }
    OptionalLong most = settled(growth());
    return new Bound(most.isEmpty() ? Long.MIN_VALUE : most.getAsLong() + 1);
  }

  @Override
  public Reader reader(ReaderContext context) {
    return config.sideBySide() == 1
        ? reader(context, SPLIT)
        : new RangesReader(
            opened(run).step(), opened(run).scheduler(), split -> reader(context, split));
  }

  private Reader reader(ReaderContext context, Split split) {
    Schema schema = opened(run).schema();
    List<FieldValue> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(
          new FieldValue(schema.fields().get(i), i + 1, columns.get(i).type(), server.dialect()));
    }
    OptionalInt grows =
        config.increment().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(schema.indexOf(config.increment().get().by()));
    RowBatches batches =
        new RowBatches(opened(run).step(), split, schema, values, config.order().size(), grows);
    Optional<JdbcReader.Going> going =
        config.increment().map(wanted -> new JdbcReader.Going(wanted, growth()));
    return new JdbcReader(
        opened(pool),
        opened(selection),
        batches,
        going,
        new Patience(context.clock(), opened(run).scheduler(), config.retries()),
        this::failed);
  }

  /** Nothing, where the greatest value was read before. */
  @Override
  public OptionalLong left(Map<Split, Position> at) {
    Position from = at.getOrDefault(SPLIT, Position.START);
    if (config.increment().isEmpty() || from.evidence().isEmpty()) {
      return OptionalLong.empty();
    }
    try (Connection connection = opened(pool).connection()) {
      OptionalLong most = growth().greatest(connection);
      connection.rollback();
      boolean none = most.isEmpty() || most.getAsLong() <= from.offset();
      return none ? OptionalLong.of(0) : OptionalLong.empty();
    } catch (SQLException unknown) {
      // For progress only.
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    Pool opened = pool;
    pool = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** The hint for a table that is not there. */
  static String hint(TableName name, List<String> there) {
    return "make it, or check its name; " + Nearest.hint(name.name(), "tables there", there);
  }
}
