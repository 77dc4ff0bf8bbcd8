package io.penstock.core.operator;

import io.penstock.core.expression.RowErrors;
import java.util.List;
import java.util.Optional;

/** Steps one after the other, on rows that trace where they came from. */
final class ChainStep implements RowStep {
  private final List<RowStep> links;

  ChainStep(List<RowStep> links) {
    this.links = List.copyOf(links);
  }

  @Override
  public boolean expands() {
    return links.stream().anyMatch(RowStep::expands);
  }

  @Override
  public Optional<TimeTracker> timer() {
    Optional<TimeTracker> last = Optional.empty();
    for (RowStep link : links) {
      last = link.timer().isPresent() ? link.timer() : last;
    }
    return last;
  }

  @Override
  public Traced apply(Traced in, RowErrors failed) {
    Traced rows = in;
    for (RowStep link : links) {
      rows = link.apply(rows, failed);
    }
    return rows;
  }
}
