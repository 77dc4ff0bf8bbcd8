package io.penstock.core.schedule;

import io.penstock.core.logical.Schedule;
import io.penstock.core.logical.Schedule.Misfire;
import io.penstock.core.logical.Schedule.Overlap;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Says which slot of a schedule is to be run now. One for a run; single-threaded. Slots only ever
 * ascend: none is given twice, and none at or before the one that was recorded last, whatever the
 * clock does.
 *
 * <p>The caller asks {@link #due} whenever no batch runs, records the slot with the batch that it
 * begins, and says when that batch has {@link #ended}.
 *
 * <p>The slots of {@code every} that have passed count as one, the last of them: it is run at once.
 * A first run does so too. Slots of {@code cron} that have passed while nothing ran are a matter of
 * {@code misfire}, those that have passed while a batch ran one of {@code overlap}; what passed
 * before the first run of all was never planned.
 */
public final class Agenda {
  private final Slots slots;
  private final Take idle;
  private final Take busy;
  private final ArrayDeque<Owed> owed = new ArrayDeque<>();
  private Instant looked;

  /** Slots from the first to the last, all of them to be run. */
  private record Owed(Instant first, Instant last) {}

  /** Which of the slots that have passed are run. */
  private enum Take {
    NONE,
    LAST,
    ALL
  }

  private Agenda(Slots slots, Take idle, Take busy, Instant looked) {
    this.slots = slots;
    this.idle = idle;
    this.busy = busy;
    this.looked = looked;
  }

  /**
   * The agenda of a run.
   *
   * @param recorded the last slot that a batch was begun for, in this run or one before
   * @param now when the run begins
   */
  public static Agenda of(Schedule schedule, Optional<Instant> recorded, Instant now) {
    Slots slots = Slots.of(schedule);
    if (schedule instanceof Schedule.Cron cron) {
      Agenda agenda =
          new Agenda(slots, waiting(cron.misfire()), running(cron.overlap()), recorded.orElse(now));
      agenda.passed(now, missed(cron.misfire()));
      return agenda;
    }
    Optional<Instant> before = slots.upTo(now).map(last -> last.minusNanos(1));
    Agenda agenda = new Agenda(slots, Take.LAST, Take.LAST, recorded.or(() -> before).orElse(now));
    agenda.passed(now, Take.LAST);
    return agenda;
  }

  /** The slot to run now; each is given once. Not to be called while a batch runs. */
  public Optional<Instant> due(Instant now) {
    passed(now, idle);
    Owed next = owed.poll();
    if (next == null) {
      return Optional.empty();
    }
    slots
        .after(next.first)
        .filter(following -> !following.isAfter(next.last))
        .ifPresent(following -> owed.addFirst(new Owed(following, next.last)));
    return Optional.of(next.first);
  }

  /** The batch of the slot that was given last has ended. */
  public void ended(Instant now) {
    passed(now, busy);
  }

  /**
   * When {@link #due} is to be asked again: at once, where a slot waits; empty where there will be
   * none.
   */
  public Optional<Instant> next() {
    return owed.isEmpty() ? slots.after(looked) : Optional.of(owed.getFirst().first);
  }

  private void passed(Instant now, Take take) {
    if (!now.isAfter(looked)) {
      return;
    }
    Optional<Instant> last = slots.upTo(now).filter(slot -> slot.isAfter(looked));
    if (last.isPresent() && take != Take.NONE) {
      Instant first = take == Take.LAST ? last.get() : slots.after(looked).orElseThrow();
      owed.add(new Owed(first, last.get()));
    }
    looked = now;
  }

  private static Take missed(Misfire misfire) {
    return switch (misfire) {
      case RUN_ONCE -> Take.LAST;
      case SKIP -> Take.NONE;
      case RUN_ALL -> Take.ALL;
    };
  }

  /** What has passed since the last look has just come, but for a jump of the clock. */
  private static Take waiting(Misfire misfire) {
    return misfire == Misfire.RUN_ALL ? Take.ALL : Take.LAST;
  }

  private static Take running(Overlap overlap) {
    return switch (overlap) {
      case FORBID -> Take.NONE;
      case QUEUE -> Take.ALL;
    };
  }
}
