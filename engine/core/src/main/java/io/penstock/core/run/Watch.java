package io.penstock.core.run;

import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.Optional;

/** Lets sinks look at the time, and says so where an epoch takes long. Used by the supervisor. */
final class Watch {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LONG_EPOCH = Duration.ofSeconds(10);

  private final Epochs epochs;
  private final Clock clock;
  private final EmbeddedRun run;
  private long tickedNanos;
  private long barrierNanos;

  Watch(Epochs epochs, Clock clock, EmbeddedRun run) {
    this.epochs = epochs;
    this.clock = clock;
    this.run = run;
    this.tickedNanos = clock.nanos();
    this.barrierNanos = tickedNanos;
  }

  /** Called again and again while the tasks work. */
  void look(Optional<Wiring> wiring) {
    long now = clock.nanos();
    if (wiring.isPresent() && now - tickedNanos >= TICK.toNanos()) {
      tickedNanos = now;
      wiring.get().tick();
    }
    if (!epochs.isUnderWay()) {
      barrierNanos = now;
    } else if (now - barrierNanos > LONG_EPOCH.toNanos() && !epochs.late().isEmpty()) {
      run.degraded(
          Optional.of(
              "epoch "
                  + epochs.current()
                  + " is not ended after 10 s: `"
                  + String.join("`, `", epochs.late())
                  + "` still works on it"));
    }
  }
}
