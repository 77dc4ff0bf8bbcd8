package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.state.Entries;
import io.penstock.core.state.SortedRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Groups that rows are added to, in memory or on the disk, until their results are wanted. */
final class OpenGroups implements OpenWindows.Held {
  private final LogicalNode node;
  private final MemoryBudget memory;
  private final GroupState.Input input;
  private final GroupTable table;
  private final StepStore store;

  OpenGroups(GroupState.Input input, StepContext context) {
    this(input, context, 0);
  }

  /**
   * No groups yet.
   *
   * @param first the number of the first group to be met, by which results are ordered
   */
  OpenGroups(GroupState.Input input, StepContext context, long first) {
    this.input = input;
    this.node = context.node();
    this.memory = context.memory();
    this.table = new GroupTable(input);
    this.table.goOn(first);
    this.store = new StepStore(context, table);
  }

  GroupState state() {
    return table.state();
  }

  @Override
  public StepStore store() {
    return store;
  }

  /** Adds rows; those for which an expression fails leave by the failures. */
  void add(Batch rows, FailurePolicy failures, Operator.Out out) {
    RowErrors errors = new RowErrors();
    table.state().add(rows, errors);
    failures.rows(rows, errors, out);
    store.changed();
  }

  /** Takes over groups whose rows come after those so far; the others are used up. */
  void merge(GroupState others) {
    table.state().merge(others);
    store.changed();
  }

  /** The results of all groups. What holds them is used up. */
  GroupResults results() {
    return results(
        () -> {
          if (store.isInMemory()) {
            return GroupResults.of(table.state());
          }
          GroupResults merged = merged(store.all());
          store.close();
          return merged;
        });
  }

  /** The results of these groups and others, which are met in this order; all stay as they are. */
  GroupResults with(List<OpenGroups> others, SortedRuns runs) {
    List<OpenGroups> all = new ArrayList<>(List.of(this));
    all.addAll(others);
    return results(
        () -> {
          if (all.stream().allMatch(each -> each.store.isInMemory())) {
            GroupState together = input.state();
            all.forEach(each -> together.merge(each.state()));
            return GroupResults.of(together);
          }
          List<Entries> entries = new ArrayList<>();
          for (OpenGroups each : all) {
            entries.add(each.store.all());
          }
          return merged(runs.entries(entries, List.of()));
        });
  }

  /** Makes results. */
  private interface Making {
    GroupResults make() throws IOException;
  }

  private GroupResults results(Making making) {
    try {
      return making.make();
    } catch (EvaluationException e) {
      throw new PipelineException(
          Problem.of(
              e.code(),
              node.origin(),
              e.text(),
              "compute it in a wider type, such as `sum(to_double(x))`, or in smaller groups"));
    } catch (IOException e) {
      throw store.noRoom(e);
    }
  }

  private GroupResults merged(Entries entries) throws IOException {
    SpilledGroups spilled =
        new SpilledGroups(input, memory, bytes -> memory.requireRoom(node, bytes));
    try {
      return spilled.merge(entries);
    } catch (IOException | RuntimeException e) {
      spilled.close();
      throw e;
    }
  }
}
