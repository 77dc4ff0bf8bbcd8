package io.penstock.core.schedule;

import io.penstock.core.logical.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instants at which batches of a schedule are to begin. The same for everybody who asks:
 * nothing in it depends on a clock. Immutable.
 */
public final class Slots {
  private final Times times;

  private Slots(Times times) {
    this.times = times;
  }

  /** The slots of a schedule that was checked; {@code available_now} has none. */
  public static Slots of(Schedule schedule) {
    if (schedule instanceof Schedule.Every every) {
      return new Slots(new Multiples(every.period()));
    }
    return schedule instanceof Schedule.Cron cron
        ? new Slots(new CronTimes(CronCalendar.of(cron.at()), cron.zone()))
        : new Slots(new Never());
  }

  /** The first slot later than that instant. */
  public Optional<Instant> after(Instant instant) {
    return times.after(instant);
  }

  /** The last slot at that instant or before it. */
  public Optional<Instant> upTo(Instant instant) {
    return times.upTo(instant);
  }

  /** The first slots later than that instant, at most so many. */
  public List<Instant> next(Instant after, int most) {
    List<Instant> all = new ArrayList<>();
    Optional<Instant> slot = after(after);
    while (slot.isPresent() && all.size() < most) {
      all.add(slot.get());
      slot = after(slot.get());
    }
    return List.copyOf(all);
  }

  /** No instant at all. */
  private static final class Never implements Times {
    @Override
    public Optional<Instant> after(Instant instant) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> upTo(Instant instant) {
      return Optional.empty();
    }
  }
}
