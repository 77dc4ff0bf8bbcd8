package io.penstock.core.operator;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.logical.LogicalNode;
import java.io.IOException;

/** Groups that rows are added to, in memory or on the disk, until their results are wanted. */
final class OpenGroups implements OpenWindows.Held {
  private final LogicalNode node;
  private final MemoryBudget memory;
  private final GroupState.Input input;
  private final GroupTable table;
  private final StepStore store;

  OpenGroups(GroupState.Input input, StepContext context) {
    this.input = input;
    this.node = context.node();
    this.memory = context.memory();
    this.table = new GroupTable(input);
    this.store = new StepStore(context, table);
  }

  GroupState state() {
    return table.state();
  }

  @Override
  public StepStore store() {
    return store;
  }

  /** The groups have changed. */
  void changed() {
    store.changed();
  }

  /** The results of all groups. What holds them is used up. */
  GroupResults results() {
    try {
      return store.isInMemory() ? GroupResults.of(table.state()) : merged();
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

  private GroupResults merged() throws IOException {
    SpilledGroups spilled =
        new SpilledGroups(input, memory, bytes -> memory.requireRoom(node, bytes));
    try {
      spilled.merge(store.all());
      store.close();
      return spilled;
    } catch (IOException | RuntimeException e) {
      spilled.close();
      throw e;
    }
  }
}
