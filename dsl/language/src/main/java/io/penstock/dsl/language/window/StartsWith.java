package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Windows of which rows say where they begin. */
@Component(
    name = "starts_with",
    summary =
        "Windows by what rows say, in the order in which they arrive: a row for which this is true is the first of a window.",
    example = "window: { starts_with: event == 'login', idle: 30m }")
public record StartsWith(
    @Option(value = "What is true of the first row of a window.", main = true)
        ExpressionText startsWith,
    @Option(
            "The event time without a row of the group after which a window is over; an input without an end needs it.")
        Optional<Duration> idle,
    @Option(value = "With so many rows a window is over.", least = 1) OptionalLong maxRows)
    implements WindowConfig {
  @Override
  public void checkEach(Checks checks) {
    Lengths.idle(checks, idle);
  }

  @Override
  public boolean endsAreKnown() {
    return false;
  }

  @Override
  public boolean isByContent() {
    return true;
  }

  @Override
  public Optional<Window> window(Conditions conditions) {
    return conditions
        .checked(startsWith)
        .map(when -> new Window.Content(Window.Edge.STARTS, when, idle, maxRows));
  }
}
