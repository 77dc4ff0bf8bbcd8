package io.penstock.dsl.launcher.explain;

import io.penstock.api.option.Span;
import io.penstock.core.logical.Join;
import io.penstock.core.logical.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Windows, and which rows of a join may meet, as the pipeline file writes them. */
final class WindowText {
  private WindowText() {}

  static String of(Window window) {
    if (window instanceof Window.Tumbling tumbling) {
      return "tumbling " + text(tumbling.size()) + grid(tumbling.offset(), tumbling.zone());
    }
    if (window instanceof Window.Hopping hopping) {
      return "hopping "
          + text(hopping.size())
          + " every "
          + text(hopping.every())
          + grid(hopping.offset(), hopping.zone());
    }
    if (window instanceof Window.Cumulative growing) {
      return "cumulative "
          + text(growing.size())
          + " every "
          + text(growing.every())
          + grid(growing.offset(), growing.zone());
    }
    if (window instanceof Window.Session session) {
      return "session " + text(session.gap());
    }
    return window instanceof Window.Content content ? of(content) : "same";
  }

  private static String of(Window.Content content) {
    String edge = content.edge() == Window.Edge.STARTS ? "starts with " : "ends with ";
    return edge
        + content.when()
        + content.idle().map(idle -> " idle " + text(idle)).orElse("")
        + (content.maxRows().isPresent() ? " max rows " + content.maxRows().getAsLong() : "");
  }

  static String of(Join.Bound bound) {
    if (bound instanceof Join.Within within) {
      return within.before().equals(within.after())
          ? "within " + text(within.before())
          : "within " + text(within.before()) + " before, " + text(within.after()) + " after";
    }
    Join.InWindow in = (Join.InWindow) bound;
    String lateness = in.lateness().isZero() ? "" : " lateness " + text(in.lateness());
    return "in windows " + of(in.window()) + lateness;
  }

  private static String grid(Span offset, Optional<ZoneId> zone) {
    return (offset.count() == 0 ? "" : " offset " + text(offset))
        + zone.map(id -> " zone " + id).orElse("");
  }

  private static String text(Span span) {
    return switch (span.unit()) {
      case MICROS -> text(Duration.of(span.count(), ChronoUnit.MICROS));
      case DAYS -> span.count() + "d";
      case WEEKS -> span.count() + "w";
      case MONTHS -> span.count() + "mo";
      case YEARS -> span.count() + "y";
    };
  }

  private static String text(Duration duration) {
    return LengthText.of(duration);
  }
}
