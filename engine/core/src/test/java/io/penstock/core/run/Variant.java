package io.penstock.core.run;

import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.system.Disk;
import io.penstock.testkit.simulation.Journal;
import io.penstock.testkit.simulation.World;

/** A run as it is, or with one thing made wrong, to see whether that is noticed. */
interface Variant {
  /** The run as it is. */
  Variant RIGHT = new Variant() {};

  /** The disk that the engine is given. */
  default Disk disk(Disk disk) {
    return disk;
  }

  /** The staged sink. */
  default SinkConfig sink(SinkConfig sink) {
    return sink;
  }

  /** The source of a journal. */
  default SourceConfig source(SourceConfig source, Journal journal) {
    return source;
  }

  /** Before the first process starts. */
  default void begin(World world) {}

  /** How many rows each source has, about. */
  default int rows() {
    return 48;
  }
}
