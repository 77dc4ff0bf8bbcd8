package io.penstock.dsl.language.schedule;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Schedule;
import java.time.Duration;
import java.util.Locale;

/** A batch every so often. */
@Component(
    name = "every",
    summary =
        "A batch at each multiple of a time since 1970 in UTC; one that takes longer is followed by the next at once.",
    example = "schedule: { every: 30s }")
public record Every(
    @Option(value = "The time from one batch to the next.", main = true) Duration period)
    implements ScheduleConfig {
  @Override
  public void check(Checks checks) {
    if (period.isZero() || period.isNegative()) {
      checks.problem(
          ProblemCode.E105,
          "period",
          "`every` must be longer than nothing, not `"
              + period.toString().substring(2).toLowerCase(Locale.ROOT)
              + "`",
          "write a time such as `30s`, or `schedule: available_now` to run once");
    }
  }

  @Override
  public Schedule schedule() {
    return new Schedule.Every(period);
  }
}
