package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers all rows, and hands on what comes of them at the end. */
final class GatherOperator implements Operator {
  private final OpenRows gathered;
  private final StepCounters counters;
  private @Nullable Batch waiting;
  private boolean ended;

  GatherOperator(OpenRows gathered, StepContext context) {
    this.gathered = gathered;
    this.counters = context.counters();
  }

  @Override
  public void rows(int input, Batch rows) {
    counters.in(rows.size());
    waiting = rows;
  }

  @Override
  public void ended() {
    ended = true;
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      gathered.add(rows, out);
      return false;
    }
    if (!ended) {
      return false;
    }
    try {
      Optional<Batch> next = gathered.next(out);
      next.ifPresent(
          batch -> {
            counters.out(0, batch.size());
            out.rows(0, batch);
          });
      ended = next.isPresent();
      return ended;
    } catch (IOException e) {
      throw gathered.store().noRoom(e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    gathered.store().snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    gathered.store().restore(from);
  }

  @Override
  public void close() {
    gathered.close();
  }
}
