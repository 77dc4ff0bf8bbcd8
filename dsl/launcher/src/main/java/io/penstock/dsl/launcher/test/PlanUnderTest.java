package io.penstock.dsl.launcher.test;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.core.expression.Values;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.OutsideLookups;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.Table;
import io.penstock.core.logical.Throttle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan whose sources give a test's entries and whose sinks keep their rows.
 *
 * @param sinks what came out, by sink; {@code dead_letter} too where the pipeline has one
 * @param steps what each source and transform gave by its main output, where asked for
 */
record PlanUnderTest(LogicalPlan plan, Map<String, TestSink> sinks, Map<String, TestSink> steps) {
  static final String DEAD_LETTER = "dead_letter";

  /**
   * How the plan is going to be run.
   *
   * @param watch whether each step's rows are kept too
   */
  record Way(TestMode mode, boolean watch) {
    /** With kept state an epoch is cut as often as can be. */
    RunSettings settings(RunSettings own) {
      return mode.kills().isEmpty()
          ? own.once()
          : new RunSettings(
              Optional.of(mode.mode()),
              Duration.ofNanos(1),
              mode.batchRows().isPresent() ? mode.batchRows().getAsInt() : own.batchRows(),
              own.batchBytes(),
              own.stopRate(),
              own.stopOfLast(),
              Optional.empty(),
              Optional.empty(),
              true);
    }
  }

  /**
   * Makes the plan.
   *
   * @param given entries by source, other sources give nothing; rows by table, others keep the rows
   *     that stand in the pipeline file, or are empty; answers by step, other lookups find nothing
   * @param reading told how far sources are read
   */
  static PlanUnderTest of(LogicalPlan plan, TestRun.Given given, Reading reading, Way way) {
    Map<String, TestSink> sinks = new LinkedHashMap<>();
    Map<String, TestSink> steps = new LinkedHashMap<>();
    List<LogicalNode> nodes = new ArrayList<>();
    List<LogicalNode> watchers = new ArrayList<>();
    for (LogicalNode node : plan.nodes()) {
      if (node.operation() instanceof Operation.Read read) {
        List<Entry> entries = given.sources().getOrDefault(node.step(), List.of());
        nodes.add(node.with(given(node, read, reading.source(entries), entries)));
      } else if (node.operation() instanceof Operation.Write) {
        TestSink sink = new TestSink();
        sinks.put(node.step(), sink);
        nodes.add(node.with(writing(sink)));
        continue;
      } else {
        nodes.add(node.with(transform(node, given)));
      }
      if (way.watch() && !(node.operation() instanceof Operation.Route)) {
        TestSink seen = new TestSink();
        steps.put(node.step(), seen);
        watchers.add(watcher(node, seen));
      }
    }
    nodes.addAll(watchers);
    Map<String, Table> filled = new LinkedHashMap<>();
    plan.tables().forEach((name, table) -> filled.put(name, table(table, given.tables())));
    Optional<DeadLetter> deadLetter = plan.deadLetter().map(real -> deadLetter(real, sinks));
    return new PlanUnderTest(
        new LogicalPlan(plan.name(), nodes, filled, deadLetter, way.settings(plan.settings())),
        sinks,
        steps);
  }

  private static Operation transform(LogicalNode node, TestRun.Given given) {
    List<GivenAnswer> answers = given.lookups().getOrDefault(node.step(), List.of());
    return OutsideLookups.replaced(
        Throttle.atOnce(node.operation()),
        lookup ->
            lookup.with(
                new GivenLookup(lookup.outside().key(), lookup.answer().schema(), answers)));
  }

  private static DeadLetter deadLetter(DeadLetter real, Map<String, TestSink> sinks) {
    TestSink sink = new TestSink();
    sinks.put(DEAD_LETTER, sink);
    return new DeadLetter(sink, Optional.empty(), real.origin());
  }

  private static Operation.Read given(
      LogicalNode node, Operation.Read read, Reading.Of reading, List<Entry> entries) {
    Optional<Format> real =
        read.computed().isEmpty() ? read.format().map(FormatConfig::format) : Optional.empty();
    Format.Decoding decoding =
        read.computed().isEmpty() ? read.decoding() : Format.Decoding.of(node.schema());
    return new Operation.Read(
        new TestSource(entries, reading),
        Optional.of(new TestFormat(entries, real)),
        decoding,
        List.of(),
        read.eventTime());
  }

  private static Operation.Write writing(TestSink sink) {
    return new Operation.Write(sink, Optional.empty(), Map.of(), Optional.empty());
  }

  private static LogicalNode watcher(LogicalNode node, TestSink seen) {
    return new LogicalNode(
        "watch_" + node.step(),
        Section.SINKS,
        node.origin(),
        List.of(new LogicalNode.Input(node.section(), node.step(), "")),
        writing(seen),
        node.schema(),
        LogicalNode.OnError.FAIL);
  }

  private static Table table(Table table, Map<String, List<Entry.Row>> given) {
    return given.containsKey(table.name()) || table.rows().isEmpty()
        ? filled(table, given.getOrDefault(table.name(), List.of()))
        : table;
  }

  private static Table filled(Table table, List<Entry.Row> rows) {
    Schema schema = table.schema();
    Column[] columns = new Column[schema.columns()];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(schema.column(i).type());
      for (Entry.Row row : rows) {
        Values.append(builder, schema.column(i).type(), row.values()[i]);
      }
      columns[i] = builder.build();
    }
    Batch batch = Batch.of(schema, rows.size(), columns, Provenance.none(table.name()));
    return new Table(
        table.name(),
        table.origin(),
        Optional.empty(),
        Optional.of(batch),
        schema,
        table.key(),
        Optional.empty());
  }
}
