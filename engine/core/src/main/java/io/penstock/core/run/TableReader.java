package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Reader;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.core.operator.Broken;
import io.penstock.core.operator.LookupTable;
import io.penstock.core.operator.Lookups;
import io.penstock.core.operator.Operator;
import io.penstock.core.operator.ReadOperator;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.operator.StepContext;
import io.penstock.core.operator.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table whole, in steps, as often as it is asked to. Used by one thread at a time; whoever
 * does not come to the end of a reading closes it.
 */
final class TableReader implements AutoCloseable {
  private static final int BLOCK_BYTES = 1 << 20;

  private final Table table;
  private final LogicalNode node;
  private final Operation.Read read;
  private final RunScope scope;
  private final BatchTime now = new BatchTime(Optional.empty());
  // Of all readings, since each context adds counters to the run.
  private final StepContext context;
  private final Collected rows = new Collected(new ArrayList<>());
  private @Nullable Reading reading;

  /** A reading that has begun. */
  private record Reading(OpenSource source, ReadOperator decoder) {}

  TableReader(Table table, Operation.Read read, RunScope scope) {
    this.table = table;
    this.read = read;
    this.scope = scope;
    this.node =
        new LogicalNode(
            table.name(),
            LogicalNode.Section.SOURCES,
            table.origin(),
            List.of(),
            read,
            table.schema(),
            LogicalNode.OnError.FAIL);
    this.context = scope.context(node, now, scope.stopAbove(), new TaskCounts(), Lookups.NONE);
  }

  Table table() {
    return table;
  }

  /** The table as a step, for problems that are told at its place. */
  LogicalNode node() {
    return node;
  }

  /** Does one step; the table where it was the last one. */
  Optional<LookupTable> step() {
    Reading now = reading;
    if (now == null) {
      reading = begin();
      return Optional.empty();
    }
    if (next(now) != Reader.Step.ENDED) {
      return Optional.empty();
    }
    LookupTable made = soFar();
    close();
    return Optional.of(made);
  }

  /** The table of the rows that were read until now. */
  LookupTable soFar() {
    return LookupTable.of(table, rows.rows());
  }

  private Reading begin() {
    ReadOperator decoder =
        new ReadOperator(read, Set.of(), Batch.MAX_ROWS, RowQuota.none(), seen -> {}, context);
    return new Reading(OpenSource.open(node, scope, OpenSource.Stretch.whole(true)), decoder);
  }

  private Reader.Step next(Reading reading) {
    ArrayDeque<Unit> units = new ArrayDeque<>();
    UnitQueue queue = new UnitQueue(units::add, scope.request().clock());
    Duration wait = read.source().traits().waits() ? Duration.ofMillis(100) : Duration.ZERO;
    Reader.Limits limits = new Reader.Limits(Batch.MAX_ROWS, BLOCK_BYTES);
    Reader.Step step = read(reading, queue, limits, wait);
    for (Unit unit = units.poll(); unit != null; unit = units.poll()) {
      now.set(unit.readAt());
      reading.decoder().unit(unit);
      boolean more = true;
      while (more) {
        more = reading.decoder().drain(rows);
      }
    }
    return step;
  }

  private Reader.Step read(Reading reading, UnitQueue into, Reader.Limits limits, Duration wait) {
    try {
      return reading.source().next(into, limits, wait);
    } catch (IOException e) {
      throw Broken.source(node, e);
    } catch (PipelineException e) {
      throw Broken.placed(node, e);
    }
  }

  @Override
  public void close() {
    Reading open = reading;
    reading = null;
    rows.rows().clear();
    if (open != null) {
      try {
        open.source().close();
      } catch (IOException e) {
        throw Broken.source(node, e);
      }
    }
  }

  /** Keeps the rows; nothing fails here without ending the reading. */
  private record Collected(List<Batch> rows) implements Operator.Out {
    @Override
    public void rows(int output, Batch batch) {
      rows.add(batch);
    }

    @Override
    public void deadLetters(Batch letters) {
      throw new IllegalStateException("a table has no dead letters");
    }
  }
}
