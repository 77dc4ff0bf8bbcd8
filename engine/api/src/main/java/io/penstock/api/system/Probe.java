package io.penstock.api.system;

import io.penstock.api.problem.Outage;
import java.time.Duration;
import java.util.Optional;

/** What a component needs to look at its outside system without a run. Used by one thread. */
public interface Probe {
  /** The step's name. */
  String step();

  Disk disk();

  /** Resolves paths under the root and the cage. */
  Files files();

  Clock clock();

  /** How long looking may take; what takes longer is told as an outage. */
  Duration timeout();

  /**
   * Opens a connection and closes it, nothing more.
   *
   * @param host a name or an address
   * @return {@code UNKNOWN_HOST}, {@code REFUSED} or {@code SILENT}; empty where it came about
   */
  Optional<Outage> reach(String host, int port);
}
