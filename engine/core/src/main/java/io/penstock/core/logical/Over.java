package io.penstock.core.logical;

import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.OverExpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds to each row what follows from the rows around it in the order of its group. All columns of
 * the input come out, and behind the fields those that are computed.
 *
 * @param by what the rows of a group have in common
 * @param orderBy the order within a group; empty: by event time, as the watermark passes
 * @param compute the fields that are added
 * @param frame which rows the aggregates of a row see
 * @param within how far apart neighbours of a group may be; after a longer pause it begins anew;
 *     empty: any distance
 */
public record Over(
    List<NamedExpression> by,
    List<Operation.OrderBy> orderBy,
    List<OverExpression> compute,
    Frame frame,
    Optional<Duration> within)
    implements Operation, Operation.ByTime {
  public Over {
    by = List.copyOf(by);
    orderBy = List.copyOf(orderBy);
    compute = List.copyOf(compute);
  }

  /** Which rows of its group the aggregates of a row see. */
  public sealed interface Frame {}

  /** The row and all before it. */
  public record Running() implements Frame {
    @Override
    public String toString() {
      return "running";
    }
  }

  /** The row, so many before it, and so many behind it. */
  public record Rows(long before, long after) implements Frame {
    @Override
    public String toString() {
      return "rows " + before + " before" + (after == 0 ? "" : " and " + after + " after");
    }
  }

  /** All rows that are at most so much earlier or later, the row's own time among them. */
  public record Range(Duration before, Duration after) implements Frame {
    @Override
    public String toString() {
      return "range " + before + " before" + (after.isZero() ? "" : " and " + after + " after");
    }
  }

  /** Whether rows come in the order of their times. */
  public boolean isByTime() {
    return orderBy.isEmpty();
  }

  /** All calls, in the order of the fields that they stand in. */
  public List<OverCall> calls() {
    return compute.stream().flatMap(c -> c.calls().stream()).toList();
  }

  /** Whether an aggregate sees all rows before, or places are counted. */
  public boolean isRunning() {
    return calls().stream()
        .anyMatch(
            call ->
                call instanceof OverCall.Numbered
                    || call instanceof OverCall.Aggregated && frame instanceof Running);
  }

  /** How many rows before a row are looked at by their number. */
  public long rowsBefore() {
    long most = frame instanceof Rows rows && aggregates() ? rows.before() : 0;
    return Math.max(most, -shifts().min(Long::compare).filter(by -> by < 0).orElse(0L));
  }

  /** How many rows behind a row are looked at by their number. */
  public long rowsAfter() {
    long most = frame instanceof Rows rows && aggregates() ? rows.after() : 0;
    return Math.max(most, shifts().max(Long::compare).filter(by -> by > 0).orElse(0L));
  }

  private boolean aggregates() {
    return calls().stream().anyMatch(OverCall.Aggregated.class::isInstance);
  }

  private Stream<Long> shifts() {
    return calls().stream()
        .filter(OverCall.Shifted.class::isInstance)
        .map(call -> ((OverCall.Shifted) call).by());
  }

  /** What is computed of rows before anything is looked at, but the order. */
  public List<Expression> arguments() {
    List<Expression> all = new ArrayList<>();
    by.forEach(key -> all.add(key.expression()));
    for (OverCall call : calls()) {
      all.addAll(call.arguments());
      call.where().ifPresent(all::add);
    }
    return all;
  }

  @Override
  public boolean keepsByTime() {
    return isByTime();
  }

  @Override
  public boolean hasWindows() {
    return false;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.over(this);
  }
}
