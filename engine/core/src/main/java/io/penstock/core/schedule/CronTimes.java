package io.penstock.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instants of a cron expression in a zone. A local time in a gap of the zone comes as much
 * later as the gap is long; one in an overlap comes the first time only, or both times where the
 * expression leaves the hour open, so that what comes every hour comes every hour.
 */
final class CronTimes implements Times {
  /** How near a change of the zone is looked for; longer than any change. */
  private static final Duration NEAR = Duration.ofHours(25);

  private final CronCalendar calendar;
  private final ZoneRules rules;

  CronTimes(CronCalendar calendar, ZoneId zone) {
    this.calendar = calendar;
    this.rules = zone.getRules();
  }

  @Override
  public Optional<Instant> after(Instant instant) {
    Optional<Instant> best = Optional.empty();
    Optional<LocalDateTime> local =
        calendar.after(local(instant).minus(shift(instant)).minusMinutes(1));
    while (local.isPresent()) {
      LocalDateTime at = local.get();
      if (best.isPresent() && at.isAfter(local(best.get()).plus(shift(best.get())))) {
        return best;
      }
      for (Instant candidate : instants(at)) {
        if (candidate.isAfter(instant) && (best.isEmpty() || candidate.isBefore(best.get()))) {
          best = Optional.of(candidate);
        }
      }
      local = calendar.after(at);
    }
    return best;
  }

  @Override
  public Optional<Instant> upTo(Instant instant) {
    Optional<Instant> best = Optional.empty();
    Optional<LocalDateTime> local =
        calendar.before(local(instant).plus(shift(instant)).plusMinutes(1));
    while (local.isPresent()) {
      LocalDateTime at = local.get();
      if (best.isPresent() && at.isBefore(local(best.get()).minus(shift(best.get())))) {
        return best;
      }
      for (Instant candidate : instants(at)) {
        if (!candidate.isAfter(instant) && (best.isEmpty() || candidate.isAfter(best.get()))) {
          best = Optional.of(candidate);
        }
      }
      local = calendar.before(at);
    }
    return best;
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
  }

  private List<Instant> instants(LocalDateTime local) {
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change != null && change.isGap()) {
      return List.of(local.toInstant(change.getOffsetBefore()));
    }
    List<Instant> all = new ArrayList<>();
    for (ZoneOffset offset : rules.getValidOffsets(local)) {
      if (all.isEmpty() || calendar.everyHour()) {
        all.add(local.toInstant(offset));
      }
    }
    return all;
  }

  /** By how much local times near an instant may be out of the order of their instants. */
  private Duration shift(Instant instant) {
    Duration most = Duration.ZERO;
    Instant end = instant.plus(NEAR);
    ZoneOffsetTransition change = rules.nextTransition(instant.minus(NEAR));
    while (change != null && !change.getInstant().isAfter(end)) {
      most = most.compareTo(change.getDuration().abs()) < 0 ? change.getDuration().abs() : most;
      change = rules.nextTransition(change.getInstant());
    }
    return most;
  }
}
