package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Span;
import io.penstock.core.logical.Window;
import java.time.ZoneId;
import java.util.Optional;

/** Windows that begin together and grow: one ends every so often, up to the whole size. */
@Component(
    name = "cumulative",
    summary =
        "Windows that begin together and grow: one ends every so often, up to the whole size.",
    example = "window: { cumulative: { size: 1d, every: 1h } }")
public record Cumulative(
    @Option("The length of a window.") Span size,
    @Option("The time from the end of a window to that of the next.") Span every,
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
    return Optional.of(new Window.Cumulative(size, every, offset.orElse(Span.ZERO), zone));
  }
}
