package io.penstock.core.run;

import io.penstock.core.operator.FailureTally;
import io.penstock.core.operator.ReadOperator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which records of the unit at hand failed, in one worker. */
final class UnitTally implements FailureTally {
  private final StopAbove judge;
  private final FailedUnits broken;
  private final String source;
  private final int workers;
  private final Set<Long> failed = new HashSet<>();
  private long unit;

  /**
   * A tally.
   *
   * @param worker the worker's number; units are dealt in turn
   */
  UnitTally(StopAbove judge, FailedUnits broken, String source, int worker, int workers) {
    this.judge = judge;
    this.broken = broken;
    this.source = source;
    this.workers = workers;
    this.unit = worker;
  }

  @Override
  public void failed(String from, long position) {
    if (from.equals(source)) {
      failed.add(position);
    }
  }

  /** The unit is through. */
  void unitEnd(ReadOperator reader) {
    SortedSet<Integer> numbers = new TreeSet<>();
    if (!failed.isEmpty()) {
      long[] positions = reader.unitPositions();
      for (int i = 0; i < positions.length; i++) {
        if (failed.contains(positions[i])) {
          numbers.add(i);
        }
      }
      failed.clear();
    }
    judge.unit(source, unit, reader.unitRecords(), numbers);
    broken.through(source, unit);
    unit += workers;
  }

  /** The unit ends here, and with it the run when its turn has come. */
  void broken(RuntimeException why) {
    broken.failed(source, unit, why);
  }

  /** Whether the unit comes behind one that ends the run. */
  boolean isBehind() {
    return broken.isBehind(source, unit);
  }
}
