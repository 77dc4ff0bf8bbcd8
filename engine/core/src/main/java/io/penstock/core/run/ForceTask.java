package io.penstock.core.run;

import io.penstock.core.runner.CrashPoint;
import io.penstock.core.runner.CrashPoints;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the disk in place of a sink's task, which goes on with the next epoch meanwhile. It
 * takes part in the epochs, so that none is ready before what was staged in it is durable.
 * Thread-safe: the sink's task hands over, a thread of its own pool does the steps.
 */
final class ForceTask implements Task.Work {
  private record Handed(Runnable forcing, boolean last) {}

  private final Epochs.Member member;
  private final CrashPoints crashes;
  // At most two: of the epoch under way, and of the last one.
  private final ArrayDeque<Handed> handed = new ArrayDeque<>();
  private boolean busy;

  ForceTask(Epochs.Member member, CrashPoints crashes) {
    this.member = member;
    this.crashes = crashes;
  }

  /**
   * One more epoch is staged. Where nothing is to be forced of it, and nothing else is, that is
   * all.
   *
   * @return whether the task is to be woken
   */
  boolean add(Optional<Runnable> forcing, boolean last) {
    synchronized (handed) {
      if (busy || forcing.isPresent() || last) {
        busy = true;
        handed.add(new Handed(forcing.orElse(() -> {}), last));
        return true;
      }
    }
    crashes.reached(CrashPoint.SINK_FORCED);
    member.passed(Part.NOTHING);
    return false;
  }

  private @Nullable Handed next() {
    synchronized (handed) {
      busy = !handed.isEmpty();
      return handed.poll();
    }
  }

  @Override
  public Task.Progress step() {
    Handed next = next();
    if (next == null) {
      return Task.Progress.WAITS;
    }
    next.forcing().run();
    crashes.reached(CrashPoint.SINK_FORCED);
    if (next.last()) {
      member.ended(Part.NOTHING);
      return Task.Progress.DONE;
    }
    member.passed(Part.NOTHING);
    return Task.Progress.MORE;
  }
}
