package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.physical.StepKey;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Continuous, with kept state: an epoch every so often. A stop is a last barrier after which nobody
 * reads on; the sources do not end by it, so nothing that waits for more rows is closed.
 */
final class KeptStream implements Pace {
  private final Epochs epochs;
  private final ToTheEnd.Barriers barriers;
  private final Clock clock;
  private final BooleanSupplier enough;
  private final Predicate<LogicalNode> turn;
  private final Demand demand;
  private final BooleanSupplier allEnded;
  private final Commit commit;
  private boolean last;
  private boolean over;

  /**
   * The pace.
   *
   * @param barriers cut epochs while nobody stops the run
   */
  KeptStream(Epochs epochs, ToTheEnd.Barriers barriers, Clock clock, Turns turns, Commit commit) {
    this.epochs = epochs;
    this.barriers = barriers;
    this.clock = clock;
    this.enough = turns.enough();
    this.turn = turns.turn();
    this.demand = turns.demand();
    this.allEnded = turns.allEnded();
    this.commit = commit;
  }

  /**
   * Who may read.
   *
   * @param enough whether the run is told to stop
   * @param turn whether a source may be read already
   * @param demand whether a source is still wanted
   * @param ended whether a source has given its last
   * @param allEnded whether all have
   * @param owes whether rows came back that are no dead letters of a decided epoch yet
   */
  record Turns(
      BooleanSupplier enough,
      Predicate<LogicalNode> turn,
      Demand demand,
      Predicate<LogicalNode> ended,
      BooleanSupplier allEnded,
      BooleanSupplier owes) {}

  @Override
  public Intake intake(LogicalNode source) {
    StepKey key = StepKey.of(source);
    return () -> {
      if (demand.isMet(key)) {
        return Intake.Say.END;
      }
      boolean holds = enough.getAsBoolean() || !turn.test(source) || demand.isFull(key);
      return holds ? Intake.Say.HOLD : Intake.Say.READ;
    };
  }

  @Override
  public Clock readingClock() {
    return clock;
  }

  @Override
  public void look() {
    if (over) {
      return;
    }
    if (last) {
      if (epochs.isReady()) {
        commit.run(Checkpoint.Ending.STOPPED);
        over = true;
      }
      return;
    }
    if (enough.getAsBoolean() && !epochs.isUnderWay() && !allEnded.getAsBoolean()) {
      last = epochs.request();
      return;
    }
    barriers.look();
  }

  @Override
  public long due() {
    return over || last ? Long.MAX_VALUE : barriers.due();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public boolean stopIsEnd() {
    return false;
  }
}
