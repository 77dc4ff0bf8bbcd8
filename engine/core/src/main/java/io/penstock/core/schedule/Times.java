package io.penstock.core.schedule;

import java.time.Instant;
import java.util.Optional;

/** Ascending instants. Immutable. */
interface Times {
  /** The first one later than that; empty where there is none any more. */
  Optional<Instant> after(Instant instant);

  /** The last one at that instant or before it; empty where there is none. */
  Optional<Instant> upTo(Instant instant);
}
