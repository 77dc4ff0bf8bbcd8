package io.penstock.connectors.standard.generator;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Provenance;
import io.penstock.api.option.Rate;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts. With a rate, row n is due n periods after the first call; when none is due it says so at
 * once, and the engine asks again after the wait it chooses.
 */
final class GeneratorReader implements Reader {
  private final String step;
  private final long count;
  private final long seed;
  private final Due due;
  private Split split = new Split("");
  private long next;
  private long first;
  private long end;
  private boolean paused;

  GeneratorReader(String step, Optional<Rate> rate, long count, long seed, Clock clock) {
    this.step = step;
    this.count = count;
    this.seed = seed;
    this.due = new Due(rate, clock);
  }

  @Override
  public void assign(Split newSplit, Position from, Bound to) {
    split = newSplit;
    next = from.offset();
    first = next;
    end = Math.min(count, to.offset());
  }

  @Override
  public void revoke(Split gone) {
    end = next;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = splits.contains(split);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) {
    if (next >= end) {
      return Step.ENDED;
    }
    long rows =
        paused ? 0 : Math.min(Math.min(limits.rows(), Batch.MAX_ROWS), due.rows() - (next - first));
    int size = (int) Math.min(rows, end - next);
    if (size <= 0) {
      return Step.NOTHING_NOW;
    }
    long[] numbers = new long[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = next + i;
    }
    Provenance provenance = new Provenance(step, split.id(), numbers.clone(), new int[0], Map.of());
    Column[] columns = {new Column.Longs(size, numbers, null)};
    next += size;
    out.rows(Batch.of(GeneratorConfig.SCHEMA, size, columns, provenance));
    return Step.MORE;
  }

  @Override
  public Position position(Split of) {
    return new Position(next, new TreeMap<>(Map.of("seed", Long.toString(seed))));
  }

  @Override
  public void close() {}
}
