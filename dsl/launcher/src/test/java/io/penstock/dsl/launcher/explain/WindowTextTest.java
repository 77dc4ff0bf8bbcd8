package io.penstock.dsl.launcher.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.option.Span;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WindowTextTest {
  private static final Span MINUTE = new Span(60_000_000, Span.Unit.MICROS);
  private static final Span DAY = new Span(1, Span.Unit.DAYS);

  @Test
  void writesWindowsOfTheGridWithWhatIsSaidOfThem() {
    Optional<ZoneId> zone = Optional.of(ZoneId.of("Europe/Berlin"));

    assertEquals(
        "tumbling 1m", WindowText.of(new Window.Tumbling(MINUTE, Span.ZERO, Optional.empty())));
    assertEquals(
        "hopping 1d every 1m offset 1m zone Europe/Berlin",
        WindowText.of(new Window.Hopping(DAY, MINUTE, MINUTE, zone)));
    assertEquals(
        "cumulative 2mo every 1d",
        WindowText.of(
            new Window.Cumulative(
                new Span(2, Span.Unit.MONTHS), DAY, Span.ZERO, Optional.empty())));
  }

  @Test
  void writesWindowsThatDependOnRows() {
    assertEquals("session 90s", WindowText.of(new Window.Session(Duration.ofSeconds(90))));
    assertEquals("same", WindowText.of(new Window.Same()));
  }

  @Test
  void writesWhichRowsOfAJoinMayMeet() {
    Duration some = Duration.ofMillis(250);

    assertEquals("within 250ms", WindowText.of(new Join.Within(some, some)));
    assertEquals(
        "within -1s before, 250ms after",
        WindowText.of(new Join.Within(Duration.ofSeconds(-1), some)));
    assertEquals(
        "in windows same", WindowText.of(new Join.InWindow(new Window.Same(), Duration.ZERO)));
  }
}
