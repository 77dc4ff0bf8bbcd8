package io.penstock.core.run;

import io.penstock.api.option.Span;
import io.penstock.core.logical.Window;
import io.penstock.core.logical.Windowing;
import io.penstock.testkit.reference.Grouping;
import io.penstock.testkit.reference.Windows;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Windows of the reference as the engine's. */
final class PipeWindows {
  private PipeWindows() {}

  static Windowing of(Grouping in) {
    return new Windowing(Optional.of(of(in.windows())), Duration.ofNanos(in.lateness() * 1000));
  }

  static Window of(Windows windows) {
    if (windows instanceof Windows.Tumbling tumbling) {
      return new Window.Tumbling(span(tumbling.size()), span(tumbling.offset()), Optional.empty());
    }
    if (windows instanceof Windows.Hopping hopping) {
      return new Window.Hopping(
          span(hopping.size()), span(hopping.every()), span(hopping.offset()), Optional.empty());
    }
    if (windows instanceof Windows.Cumulative growing) {
      return new Window.Cumulative(
          span(growing.size()), span(growing.every()), span(growing.offset()), Optional.empty());
    }
    if (windows instanceof Windows.Calendar calendar) {
      Span one = new Span(1, Span.Unit.valueOf(calendar.unit().name()));
      return new Window.Tumbling(one, Span.ZERO, Optional.of(ZoneId.of(calendar.zone())));
    }
    if (windows instanceof Windows.Session session) {
      return new Window.Session(Duration.ofNanos(session.gap() * 1000));
    }
    return new Window.Same();
  }

  private static Span span(long micros) {
    return new Span(micros, Span.Unit.MICROS);
  }
}
