package io.penstock.core.operator;

import io.penstock.core.logical.Operation;

/** The ranks of the rows of one group after the other. Single-threaded. */
final class Ranks {
  private final long most;
  private final boolean withTies;
  private long place;
  private long rank;

  Ranks(Operation.Top top) {
    this.most = top.n();
    this.withTies = top.withTies();
  }

  /** A group begins. */
  void begin() {
    place = 0;
    rank = 0;
  }

  /**
   * Whether the next row of the group is among the first.
   *
   * @param tie whether it is in the same place of the order as the row before
   */
  boolean isAmong(boolean tie) {
    place++;
    rank = tie && withTies ? rank : place;
    return rank <= most;
  }

  int rank() {
    return (int) rank;
  }
}
