package io.penstock.dsl.launcher;

import io.penstock.api.system.Clock;
import io.penstock.core.report.RunReport;
import io.penstock.core.runner.RunningPipeline;
import io.penstock.dsl.launcher.display.Display;
import io.penstock.dsl.launcher.display.Summary;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Waits for a run's end, shows it meanwhile, and stops it when told. {@link #stop} may be called by
 * any thread; the rest belongs to one.
 */
final class RunLoop {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SAME_WISH = Duration.ofMillis(250);

  /** What an end at once may take to put things away; what is left is the next start's. */
  private static final Duration AFTER_ABORT = Duration.ofMillis(300);

  /** What the process has to end in, beyond what it was given. */
  private static final Duration GRACE = Duration.ofMillis(800);

  private final Display display;
  private final Clock clock;
  private final Duration deadline;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong firstAsked = new AtomicLong();
  private final AtomicLong lastAsked = new AtomicLong();
  private long stoppedAt;
  private long abortedAt;

  /**
   * A loop.
   *
   * @param deadline how long a clean stop may take
   */
  RunLoop(Display display, Clock clock, Duration deadline) {
    this.display = display;
    this.clock = clock;
    this.deadline = deadline;
  }

  /**
   * Asks for a clean end; asks again: an end at once. What comes right after the first is the same
   * wish: some supervisors signal the process and then its group.
   */
  void stop() {
    long now = clock.nanos();
    if (asked.get() == 0) {
      firstAsked.set(now);
      asked.set(1);
    } else if (asked.get() == 1 && now - firstAsked.get() > SAME_WISH.toNanos()) {
      lastAsked.set(now);
      asked.set(2);
    }
  }

  /** Whether the process should long have ended. May be called by any thread. */
  boolean isOverdue() {
    return switch (asked.get()) {
      case 0 -> false;
      case 1 -> since(firstAsked.get()).compareTo(deadline.plus(GRACE)) > 0;
      default -> since(lastAsked.get()).compareTo(GRACE) > 0;
    };
  }

  /** What ends the process where a stop does not. */
  LastResort lastResort(Shell shell) {
    return new LastResort(
        shell.scheduler(),
        this::isOverdue,
        () -> shell.halt().accept(ExitCode.UNFINISHED.number()));
  }

  /** Lets signals stop the run. */
  Signals signals(LastResort resort) {
    return Signals.watch(
        () -> {
          stop();
          resort.begin();
        },
        this::stop);
  }

  /**
   * The final report; the last one seen where the run does not even end when told to at once.
   *
   * @param running a run that has begun; what it was told before counts
   */
  RunReport await(RunningPipeline running) throws InterruptedException {
    try {
      return ended(running);
    } catch (InterruptedException e) {
      running.abort();
      throw e;
    }
  }

  private RunReport ended(RunningPipeline running) throws InterruptedException {
    long shown = clock.nanos();
    Optional<String> degraded = Optional.empty();
    int known = 0;
    while (true) {
      Optional<RunReport> end = running.await(LOOK);
      if (end.isPresent()) {
        return end.get();
      }
      int now = asked.get();
      if (now > 0 && known == 0) {
        stoppedAt = clock.nanos();
        running.stop();
        display.say("stopping cleanly; once more stops at once");
      }
      if (known < 2 && (now > 1 || isLate(now))) {
        now = 2;
        abortedAt = clock.nanos();
        lastAsked.compareAndSet(0, abortedAt);
        asked.set(2);
        running.abort();
        display.say("stopping at once, " + Summary.reached(running.report()));
      }
      known = now;
      if (known > 1 && since(abortedAt).compareTo(AFTER_ABORT) > 0) {
        return running.report();
      }
      Optional<String> before = degraded;
      degraded = running.report().degraded();
      // What hinders the run is told at once, and so is its end.
      if (!degraded.equals(before) || since(shown).compareTo(display.interval()) >= 0) {
        shown = clock.nanos();
        display.progress(running.report());
      }
    }
  }

  private boolean isLate(int now) {
    return now > 0 && since(stoppedAt).compareTo(deadline) > 0;
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(clock.nanos() - nanos);
  }
}
