package io.penstock.dsl.language.window;

import io.penstock.api.option.Component;
import io.penstock.core.logical.Window;
import java.util.Optional;

/** The windows that rows carry from a step above. */
@Component(
    name = "same",
    summary = "The window that the rows carry from a step above: one group for each.",
    example = "window: same")
public record Same() implements WindowConfig {
  @Override
  public Optional<Window> window(Conditions conditions) {
    return Optional.of(new Window.Same());
  }
}
