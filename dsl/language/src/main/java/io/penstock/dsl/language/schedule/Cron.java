package io.penstock.dsl.language.schedule;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Schedule;
import io.penstock.core.schedule.CronCalendar;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A batch at the times of a cron expression. */
@Component(
    name = "cron",
    summary = "A batch at the times of a cron expression.",
    example = "schedule: { cron: { at: \"0 2 * * *\", zone: Europe/Berlin } }")
public record Cron(
    @Option(
            value =
                "Minute, hour, day of the month, month, day of the week (0 and 7 are Sunday); a time that a zone leaves out comes as much later, one that it has twice comes once, but in both hours where the hour is `*`.",
            main = true)
        String at,
    @Option("The zone of these times; left out: UTC.") Optional<ZoneId> zone,
    @Option(
            value =
                "What becomes of times that passed while nothing ran: one batch for all, none, or one for each.",
            byDefault = "run_once")
        Schedule.Misfire misfire,
    @Option(
            value =
                "What becomes of times that pass while a batch runs: left out, or run after it, each.",
            byDefault = "forbid")
        Schedule.Overlap overlap)
    implements ScheduleConfig {
  @Override
  public void checkEach(Checks checks) {
    CronCalendar.mistake(at)
        .ifPresent(
            mistake ->
                checks.problem(
                    mistake.never() ? ProblemCode.E105 : ProblemCode.E104,
                    "at",
                    "`at` must be a cron expression such as `0 2 * * *`, not `"
                        + at
                        + "`: "
                        + mistake.message(),
                    mistake.hint()));
  }

  @Override
  public Schedule schedule() {
    return new Schedule.Cron(at, zone.orElse(ZoneOffset.UTC), misfire, overlap);
  }
}
