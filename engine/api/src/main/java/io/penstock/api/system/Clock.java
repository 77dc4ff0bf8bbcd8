package io.penstock.api.system;

/** The time. The only way to it for engine and connectors. Thread-safe. */
public interface Clock {
  /**
   * Wall time, microseconds since 1970, UTC. For event time defaults, names, schedules; never for
   * durations.
   */
  long micros();

  /** Monotonic time in nanoseconds from an arbitrary start. For durations. */
  long nanos();
}
