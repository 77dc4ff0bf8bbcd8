package io.penstock.core.run;

import io.penstock.api.system.Clock;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.operator.RowQuota;
import io.penstock.core.physical.StepKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Without kept state: everything that is there is one epoch, or an epoch every so often where the
 * sources have no end. A stop is the end of the sources.
 */
final class ToTheEnd implements Pace {
  private final BooleanSupplier enough;
  private final RowQuota quota;
  private final Demand demand;
  private final Optional<Barriers> barriers;
  private final Clock clock;

  /**
   * The pace.
   *
   * @param enough whether the run is told to stop
   * @param barriers cut epochs; empty: there is one
   */
  ToTheEnd(
      BooleanSupplier enough,
      RowQuota quota,
      Demand demand,
      Optional<Barriers> barriers,
      Clock clock) {
    this.enough = enough;
    this.quota = quota;
    this.demand = demand;
    this.barriers = barriers;
    this.clock = clock;
  }

  @Override
  public Intake intake(LogicalNode source) {
    StepKey key = StepKey.of(source);
    return () -> {
      if (enough.getAsBoolean() || demand.isMet(key) || quota.isUsedUp()) {
        return Intake.Say.END;
      }
      return demand.isFull(key) ? Intake.Say.HOLD : Intake.Say.READ;
    };
  }

  @Override
  public Clock readingClock() {
    return clock;
  }

  @Override
  public void look() {
    if (barriers.isPresent()) {
      barriers.get().look();
    }
  }

  @Override
  public long due() {
    return barriers.map(Barriers::due).orElse(Long.MAX_VALUE);
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public boolean stopIsEnd() {
    return true;
  }

  /** Asks for a barrier every so often, and for the commit when it is through. */
  static final class Barriers {
    private final Epochs epochs;
    private final Clock clock;
    private final Duration every;
    private final BooleanSupplier anything;
    private final Commit commit;
    private long since;

    /**
     * Barriers.
     *
     * @param anything whether something was read since it was asked last
     */
    Barriers(Epochs epochs, Clock clock, Duration every, BooleanSupplier anything, Commit commit) {
      this.epochs = epochs;
      this.clock = clock;
      this.every = every;
      this.anything = anything;
      this.commit = commit;
      this.since = clock.nanos();
    }

    /** How long the barrier that is under way has been so; zero where none is. */
    Duration underWay() {
      return epochs.isUnderWay() ? Duration.ofNanos(clock.nanos() - since) : Duration.ZERO;
    }

    /** When the next barrier is to be asked for, in nanoseconds from now. */
    long due() {
      return epochs.isUnderWay()
          ? Long.MAX_VALUE
          : Math.max(0, since + every.toNanos() - clock.nanos());
    }

    void look() {
      if (epochs.isUnderWay()) {
        if (epochs.isReady()) {
          commit.run(io.penstock.core.checkpoint.Checkpoint.Ending.GOES_ON);
        }
        return;
      }
      long now = clock.nanos();
      if (now - since < every.toNanos()) {
        return;
      }
      since = now;
      if (anything.getAsBoolean()) {
        boolean unused = epochs.request();
      }
    }
  }
}
