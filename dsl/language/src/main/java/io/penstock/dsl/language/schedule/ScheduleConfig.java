package io.penstock.dsl.language.schedule;

import io.penstock.api.option.Config;
import io.penstock.core.logical.Schedule;

/** A bound schedule of a pipeline file. */
public interface ScheduleConfig extends Config {
  /** When batches are run. */
  Schedule schedule();
}
