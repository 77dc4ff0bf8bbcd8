package io.penstock.core.operator;

import io.penstock.core.state.Entries;

/** The groups of an aggregate that are in memory. */
final class GroupTable implements StepStore.Table {
  private final GroupState.Input input;
  private GroupState state;
  private long before;

  GroupTable(GroupState.Input input) {
    this.input = input;
    this.state = input.state();
  }

  GroupState state() {
    return state;
  }

  @Override
  public boolean isEmpty() {
    return state.isEmpty();
  }

  @Override
  public long bytes() {
    return state.bytes();
  }

  @Override
  public boolean isNearlyFull() {
    return state.isNearlyFull();
  }

  @Override
  public Entries sorted() {
    return new SortedGroups(state, before);
  }

  @Override
  public void clear() {
    before = met();
    state = input.state();
  }

  @Override
  public Entries joined(Entries sorted) {
    return new JoinedGroups(input, sorted);
  }

  @Override
  public long met() {
    return before + state.size();
  }

  @Override
  public void goOn(long met) {
    before = met;
  }
}
