package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.api.source.Reader;
import io.penstock.api.source.SourceTraits;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Table;
import io.penstock.core.operator.LookupTable;
import io.penstock.core.operator.Operator;
import io.penstock.core.operator.ReadOperator;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.operator.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Reads lookup tables whole, before the sources start. */
final class Tables {
  private final RunScope scope;
  private final BooleanSupplier stopped;

  /**
   * Reads tables for a run.
   *
   * @param stopped whether to give up
   */
  Tables(RunScope scope, BooleanSupplier stopped) {
    this.scope = scope;
    this.stopped = stopped;
  }

  /** All tables of the plan, by name. */
  Map<String, LookupTable> read(Reports reports) throws IOException {
    Map<String, LookupTable> tables = new HashMap<>();
    for (Table table : scope.plan().logical().tables().values()) {
      LookupTable made = LookupTable.of(table, rows(table));
      reports.table(table.name(), made.size());
      tables.put(table.name(), made);
    }
    return tables;
  }

  private List<Batch> rows(Table table) throws IOException {
    if (table.read().isEmpty()) {
      return table.rows().filter(rows -> rows.size() > 0).map(List::of).orElse(List.of());
    }
    Operation.Read read = table.read().get();
    LogicalNode node =
        new LogicalNode(
            table.name(),
            LogicalNode.Section.SOURCES,
            table.origin(),
            List.of(),
            read,
            table.schema(),
            LogicalNode.OnError.FAIL);
    BatchTime now = new BatchTime(Optional.empty());
    ReadOperator decoder =
        new ReadOperator(
            read,
            Set.of(),
            Batch.MAX_ROWS,
            RowQuota.none(),
            rows -> {},
            scope.context(node, now, scope.stopAbove(), new TaskCounts()));
    List<Batch> rows = new ArrayList<>();
    try (OpenSource source = OpenSource.open(node, scope, OpenSource.Stretch.whole(true))) {
      read(source, decoder, now, new Collected(rows));
    }
    return rows;
  }

  private void read(OpenSource source, ReadOperator decoder, BatchTime now, Operator.Out into)
      throws IOException {
    ArrayDeque<Unit> units = new ArrayDeque<>();
    UnitQueue queue = new UnitQueue(units::add, scope.request().clock());
    SourceTraits traits = ((Operation.Read) source.node().operation()).source().traits();
    Duration wait = traits.waits() ? Duration.ofMillis(100) : Duration.ZERO;
    Reader.Step step = Reader.Step.MORE;
    while (step != Reader.Step.ENDED && !stopped.getAsBoolean()) {
      step = source.next(queue, new Reader.Limits(Batch.MAX_ROWS, 1 << 20), wait);
      for (Unit unit = units.poll(); unit != null; unit = units.poll()) {
        now.set(unit.readAt());
        decoder.unit(unit);
        boolean more = true;
        while (more) {
          more = decoder.drain(into);
        }
      }
    }
  }

  /** Keeps the rows; nothing fails here without ending the run. */
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
