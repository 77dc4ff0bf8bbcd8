package io.penstock.connectors.standard.file;

import io.penstock.api.system.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a part is full. */
final class PartLimits {
  private final Clock clock;
  private final long rows;
  private final long bytes;
  private final long nanos;

  PartLimits(Optional<FileSinkConfig.Parts> parts, Clock clock) {
    this.clock = clock;
    rows = parts.map(p -> p.rows().orElse(Long.MAX_VALUE)).orElse(Long.MAX_VALUE);
    bytes = parts.flatMap(p -> p.size()).map(size -> size.bytes()).orElse(Long.MAX_VALUE);
    nanos = parts.flatMap(p -> p.every()).map(every -> every.toNanos()).orElse(Long.MAX_VALUE);
  }

  /** How many of so many rows the part takes. */
  int room(StagedFile part, int wanted) {
    return (int) Math.max(1, Math.min(wanted, rows - part.rows()));
  }

  boolean full(StagedFile part) {
    return part.rows() >= rows || part.bytes() >= bytes || old(part);
  }

  /** Whether the part's time is over. */
  boolean old(@Nullable StagedFile part) {
    return part != null && nanos != Long.MAX_VALUE && clock.nanos() - part.openedNanos() >= nanos;
  }
}
