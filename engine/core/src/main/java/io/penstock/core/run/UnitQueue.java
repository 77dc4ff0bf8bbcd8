package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import io.penstock.core.operator.TimeTracker;
import io.penstock.core.operator.Unit;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes units of what a reader hands on. A block travels with the first one of its split. */
final class UnitQueue implements Out {
  private final Consumer<Unit> to;
  private final Clock clock;
  private @Nullable Block first;

  UnitQueue(Consumer<Unit> to, Clock clock) {
    this.to = to;
    this.clock = clock;
  }

  @Override
  public void block(Block block) {
    Block head = first;
    if (head == null || !head.split().equals(block.split()) || block.sequence() == 0) {
      head = block;
      first = block;
    }
    to.accept(new Unit.Bytes(block, head, clock.micros()));
  }

  @Override
  public void head(Block block) {
    first = block;
  }

  @Override
  public void timePassed(Split split, Duration time) {
    to.accept(new Unit.Passed(split.id(), TimeTracker.micros(time), clock.micros()));
  }

  @Override
  public void rows(Batch batch) {
    if (batch.size() > 0) {
      to.accept(new Unit.Rows(batch, clock.micros()));
    }
  }

  @Override
  public void bad(
      Split split,
      long position,
      long line,
      byte[] raw,
      long rawBytes,
      ProblemCode code,
      String message) {
    to.accept(
        new Unit.Bad(split.id(), position, line, raw, rawBytes, code, message, clock.micros()));
  }
}
