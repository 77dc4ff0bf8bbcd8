package io.penstock.dsl.language.schedule;

import io.penstock.api.option.Component;
import io.penstock.core.logical.Schedule;

/** Everything that is there at the start, once. */
@Component(
    name = "available_now",
    summary = "Everything that is there at the start, once; then the run ends.",
    example = "schedule: available_now")
public record AvailableNow() implements ScheduleConfig {
  @Override
  public Schedule schedule() {
    return new Schedule.AvailableNow();
  }
}
