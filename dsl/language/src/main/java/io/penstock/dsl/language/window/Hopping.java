package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Span;
import io.penstock.core.logical.Window;
import java.time.ZoneId;
import java.util.Optional;

/** Windows of one length, one beginning every so often: a row is in all that hold its time. */
@Component(
    name = "hopping",
    summary =
        "Windows of one length, one beginning every so often: a row is in all that hold its time.",
    example = "window: { hopping: { size: 1h, every: 5m } }")
public record Hopping(
    @Option("The length of a window.") Span size,
    @Option("The time from the beginning of a window to that of the next.") Span every,
    @Option("By how much all windows are shifted from midnight, 1970-01-01, or Monday.")
        Optional<Span> offset,
    @Option("Whose days, weeks, months and years count; left out: those of UTC.")
        Optional<ZoneId> zone)
    implements WindowConfig {
  @Override
  public void check(Checks checks) {
    Lengths.positive(checks, "size", size);
    Lengths.positive(checks, "every", every);
    Lengths.together(checks, size, every);
    Lengths.offset(checks, offset);
    Lengths.zone(checks, zone, size, every);
  }

  @Override
  public Optional<Window> window(Conditions conditions) {
    return Optional.of(new Window.Hopping(size, every, offset.orElse(Span.ZERO), zone));
  }
}
