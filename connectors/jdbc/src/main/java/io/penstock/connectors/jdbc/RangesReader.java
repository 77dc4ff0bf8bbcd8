package io.penstock.connectors.jdbc;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads ranges of a key side by side, each on a thread and a connection of its own that are a few
 * batches ahead. They are handed on in turn, a batch of each, so that their order is the same each
 * time that nothing has changed.
 */
final class RangesReader implements Reader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String step;
  private final Scheduler scheduler;
  private final Function<Split, Reader> reading;
  private final List<Range> ranges = new ArrayList<>();
  private final List<Scheduler.Handle> threads = new ArrayList<>();
  private Set<Split> paused = Set.of();
  private int turn;
  private boolean begun;

  /**
   * Of ranges that are assigned.
   *
   * @param reading reads one of them
   */
  RangesReader(String step, Scheduler scheduler, Function<Split, Reader> reading) {
    this.step = step;
    this.scheduler = scheduler;
    this.reading = reading;
  }

  @Override
  public void assign(Split split, Position from, Bound to) {
    Reader own = reading.apply(split);
    try {
      own.assign(split, from, to);
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    ranges.add(new Range(split, from, own));
  }

  @Override
  public void revoke(Split split) {
    ranges.stream().filter(range -> range.split().equals(split)).forEach(Range::stop);
    ranges.removeIf(range -> range.split().equals(split));
    turn = 0;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = Set.copyOf(splits);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) {
    if (!begun) {
      begun = true;
      for (Range range : ranges) {
        threads.add(
            scheduler.start(
                step + "-" + range.split().id(), () -> range.readAhead(limits, scheduler)));
      }
    }
    Optional<Range> next = inTurn();
    if (next.isEmpty()) {
      return ranges.stream().allMatch(Range::isEnded) ? Step.ENDED : Step.NOTHING_NOW;
    }
    Step step = next.get().hand(out, wait);
    if (step != Step.NOTHING_NOW) {
      turn = (ranges.indexOf(next.get()) + 1) % ranges.size();
    }
    return step;
  }

  private Optional<Range> inTurn() {
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get((turn + i) % ranges.size());
      if (!range.isEnded() && !paused.contains(range.split())) {
        return Optional.of(range);
      }
    }
    return Optional.empty();
  }

  @Override
  public Position position(Split split) {
    return ranges.stream()
        .filter(range -> range.split().equals(split))
        .findFirst()
        .map(Range::position)
        .orElse(Position.START);
  }

  /** Stops the threads, and waits for those that come back soon; a statement may take longer. */
  @Override
  public void close() {
    ranges.forEach(Range::stop);
    for (Scheduler.Handle thread : threads) {
      try {
        boolean unused = thread.await(PATIENCE);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
