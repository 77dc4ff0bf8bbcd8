package io.penstock.core.run;

import io.penstock.api.data.Batch;
import io.penstock.core.operator.Columns;
import io.penstock.core.operator.GroupState;
import io.penstock.core.operator.Unit;
import io.penstock.core.operator.WindowGroups;

/** What passes through a channel. */
sealed interface Item {
  /** How much of a channel's room it takes, in batches. */
  default int batches() {
    return 0;
  }

  /** About how many bytes it holds. */
  default long bytes() {
    return 0;
  }

  /** A unit of work, from a reader to a worker. */
  record Work(Unit unit) implements Item {
    @Override
    public int batches() {
      return 1;
    }

    @Override
    public long bytes() {
      return unit instanceof Unit.Bytes bytes ? bytes.block().to() - bytes.block().from() : 0;
    }
  }

  /** Rows for an entry of the receiving stage. */
  record Rows(int port, Batch batch, long size) implements Item {
    static Rows of(int port, Batch batch) {
      return new Rows(port, batch, Columns.bytes(batch));
    }

    @Override
    public int batches() {
      return 1;
    }

    @Override
    public long bytes() {
      return size;
    }
  }

  /** The groups of a block, for an aggregate of the receiving stage. */
  record Groups(int port, GroupState state) implements Item {
    @Override
    public int batches() {
      return 1;
    }
  }

  /** The rows of a block grouped by window, for a step of the receiving stage. */
  record Windows(int port, WindowGroups block, long size) implements Item {
    static Windows of(int port, WindowGroups block) {
      return new Windows(port, block, block.bytes());
    }

    @Override
    public int batches() {
      return 1;
    }

    @Override
    public long bytes() {
      return size;
    }
  }

  /**
   * How far the event time of an entry's rows has come, behind the rows that say so.
   *
   * @param timer the step that gave them their time
   * @param key the partition of the source that they come from
   * @param watermark no further row of it has a time at or before this, microseconds
   * @param idle whether it no longer holds time back
   */
  record Mark(int port, String timer, Watermarks.Key key, long watermark, boolean idle)
      implements Item {}

  /**
   * Time has passed for a partition without a row.
   *
   * @param timer the step that gives its rows their time
   * @param micros how much further its event time has come
   */
  record Passed(int port, String timer, Watermarks.Key key, long micros) implements Item {}

  /** All that came of one unit has passed; the next one is another worker's. */
  record UnitEnd() implements Item {}

  /** Everything before belongs to this epoch. */
  record Barrier(long epoch) implements Item {}

  /** Nothing more comes. */
  record End() implements Item {}
}
