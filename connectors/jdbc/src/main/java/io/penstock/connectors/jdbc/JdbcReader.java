package io.penstock.connectors.jdbc;

import io.penstock.api.data.Batch;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads rows in their order behind a place. Where the way to the database breaks, it begins again
 * behind the last row that it has handed on.
 */
final class JdbcReader implements Reader {
  private final Pool pool;
  private final Selection selection;
  private final RowBatches batches;
  private final Optional<Going> going;
  private final Patience patience;
  private final Function<SQLException, PipelineException> failing;
  private Optional<Connection> connection = Optional.empty();
  private Optional<Cursor> cursor = Optional.empty();
  private Split split = new Split("");
  private Place at = Place.of(Position.START);
  private Bound bound = Bound.NONE;
  private boolean ended = true;
  private boolean paused;
  private OptionalLong lookedNanos = OptionalLong.empty();
  private OptionalLong brokenNanos = OptionalLong.empty();
  private int tries;
  private long dueNanos;

  /** What is known of rows that come for ever. */
  record Going(Increment increment, Growth growth) {}

  JdbcReader(
      Pool pool,
      Selection selection,
      RowBatches batches,
      Optional<Going> going,
      Patience patience,
      Function<SQLException, PipelineException> failing) {
    this.pool = pool;
    this.selection = selection;
    this.batches = batches;
    this.going = going;
    this.patience = patience;
    this.failing = failing;
  }

  @Override
  public void assign(Split newSplit, Position from, Bound to) {
    split = newSplit;
    at = Place.of(from);
    bound = to;
    ended = to.offset() == Long.MIN_VALUE;
  }

  @Override
  public void revoke(Split gone) {
    ended = true;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = splits.contains(split);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) {
    if (ended) {
      return Step.ENDED;
    }
    if (tries > 0 && isEarly(wait)) {
      return Step.NOTHING_NOW;
    }
    try {
      Step step = read(out, Math.min(limits.rows(), Batch.MAX_ROWS), wait);
      brokenNanos = OptionalLong.empty();
      tries = 0;
      return step;
    } catch (SQLException wrong) {
      long since = brokenNanos.orElse(patience.begin());
      drop();
      if (!SqlState.of(wrong).mayPass() || patience.isSpent(since)) {
        throw failing.apply(wrong);
      }
      brokenNanos = OptionalLong.of(since);
      tries++;
      dueNanos = patience.begin() + patience.retry().pause(tries).toNanos();
      return Step.NOTHING_NOW;
    }
  }

  /** Whether it is not time yet to try again; waits for it, as long as it may. */
  private boolean isEarly(Duration wait) {
    Duration left = Duration.ofNanos(dueNanos - patience.begin());
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    if (!wait.isZero()) {
      patience.sleep(left.compareTo(wait) < 0 ? left : wait);
    }
    return true;
  }

  private Step read(Out out, int most, Duration wait) throws SQLException {
    Connection open = connection();
    if (paused) {
      idle(open, wait);
      return Step.NOTHING_NOW;
    }
    if (cursor.isEmpty() && !ask(open)) {
      if (!wait.isZero()) {
        selection.dialect().idle(open, wait);
      }
      return Step.NOTHING_NOW;
    }
    Place behind = batches.next(cursor.orElseThrow(), at, most, out);
    if (!behind.equals(at)) {
      at = behind;
      return Step.MORE;
    }
    cursor.orElseThrow().close();
    cursor = Optional.empty();
    ended = going.isEmpty() || !bound.equals(Bound.NONE);
    return ended ? Step.ENDED : Step.NOTHING_NOW;
  }

  private void idle(Connection open, Duration wait) throws SQLException {
    if (cursor.isEmpty() || !selection.dialect().isBusyWhileReading()) {
      selection.dialect().idle(open, wait);
      return;
    }
    try (Connection other = pool.connection()) {
      selection.dialect().idle(other, wait);
      other.rollback();
    }
  }

  private Connection connection() throws SQLException {
    if (connection.isEmpty()) {
      Connection made = pool.connection();
      made.setReadOnly(true);
      connection = Optional.of(made);
    }
    return connection.get();
  }

  /** Asks for the rows that may be read now; false where there are none. */
  private boolean ask(Connection open) throws SQLException {
    Optional<String> most = at.to();
    if (going.isPresent()) {
      OptionalLong greatest = bound.equals(Bound.NONE) ? settled(open) : before(bound);
      if (greatest.isEmpty()) {
        return false;
      }
      most = Optional.of(going.get().growth().text(greatest.getAsLong()));
    }
    batches.restart();
    cursor = Optional.of(Cursor.open(open, selection, at.key(), most));
    return true;
  }

  private static OptionalLong before(Bound end) {
    return OptionalLong.of(end.offset() - 1);
  }

  private OptionalLong settled(Connection open) throws SQLException {
    Going wanted = going.orElseThrow();
    boolean due =
        lookedNanos.isEmpty()
            || wanted.growth().waits()
            || patience.clock().nanos() - lookedNanos.getAsLong()
                >= wanted.increment().every().toNanos();
    if (!due) {
      return OptionalLong.empty();
    }
    lookedNanos = OptionalLong.of(patience.begin());
    return wanted.growth().settled(open);
  }

  private void drop() {
    cursor = Optional.empty();
    connection.ifPresent(pool::drop);
    connection = Optional.empty();
  }

  @Override
  public Position position(Split of) {
    return at.position();
  }

  @Override
  public void close() {
    drop();
  }
}
