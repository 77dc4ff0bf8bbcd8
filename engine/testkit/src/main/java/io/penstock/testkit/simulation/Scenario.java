package io.penstock.testkit.simulation;

import java.nio.file.Path;
import java.util.Optional;

/** What is simulated, and what must always hold. One object lives as long as its world. */
public interface Scenario {
  /** Starts the process, anew after each of its ends. */
  Life start() throws Exception;

  /** What does not hold now, though it must after every step; called often. */
  Optional<String> check();

  /** The file in which a bit turns where the schedule says so; empty where there is none yet. */
  default Optional<Path> flips() {
    return Optional.empty();
  }

  /** What does not hold, though it must once a process has ended in this way. */
  Optional<String> checkEnd(Life.Ending ending);

  /** Makes the scenarios that are simulated with many seeds. */
  @FunctionalInterface
  interface Maker {
    /** A scenario in this world. */
    Scenario in(World world);
  }
}
