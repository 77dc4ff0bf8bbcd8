package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.option.Span;
import io.penstock.core.logical.Window;
import java.time.ZoneId;
import java.util.Optional;

/** Windows one behind the other. */
@Component(
    name = "tumbling",
    summary = "Windows of one length, one behind the other.",
    example = "window: { tumbling: 1m }")
public record Tumbling(
    @Option(value = "The length of a window.", main = true) Span size,
    @Option("By how much all windows are shifted from midnight, 1970-01-01, or Monday.")
        Optional<Span> offset,
    @Option("Whose days, weeks, months and years count; left out: those of UTC.")
        Optional<ZoneId> zone)
    implements WindowConfig {
  @Override
  public void check(Checks checks) {
    Lengths.positive(checks, "size", size);
    Lengths.offset(checks, offset);
    Lengths.zone(checks, zone, size);
  }

  @Override
  public Optional<Window> window(Conditions conditions) {
    return Optional.of(new Window.Tumbling(size, offset.orElse(Span.ZERO), zone));
  }
}
