package io.penstock.testkit.simulation;

/** What a name in a directory stands for. */
sealed interface SimulatedNode permits SimulatedFile, SimulatedDirectory {
  /** A number that no other node has. */
  long number();

  /** Moves on with each change of what is seen of it. */
  long changes();
}
