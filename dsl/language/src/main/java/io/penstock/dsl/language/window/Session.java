package io.penstock.dsl.language.window;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.util.Optional;

/** Windows that last as long as rows keep coming. */
@Component(
    name = "session",
    summary = "Windows that last as long as the rows of a group are less than a gap apart.",
    example = "window: { session: 30m }")
public record Session(
    @Option(value = "The time without a row after which a session is over.", main = true)
        Duration gap)
    implements WindowConfig {
  @Override
  public void check(Checks checks) {
    if (gap.isZero() || gap.isNegative()) {
      checks.problem(
          ProblemCode.E105,
          "gap",
          "`gap` must be longer than nothing",
          "write a length such as `30m`");
    }
  }

  @Override
  public boolean endsAreKnown() {
    return false;
  }

  @Override
  public Optional<Window> window(Conditions conditions) {
    return Optional.of(new Window.Session(gap));
  }
}
