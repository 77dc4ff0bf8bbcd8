package io.penstock.api.source;

import io.penstock.api.data.Schema;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.api.system.Scheduler;
import java.io.InputStream;
import java.util.Set;

/**
 * What the engine hands to a source.
 *
 * @param step the step's name
 * @param files resolves paths under the root and the cage
 * @param seed the run's seed for this step
 * @param meta the names of {@code meta.*} that the pipeline uses
 * @param console standard input, for the console source
 * @param scheduler waits, for sources whose readers do
 * @param schema of the rows that the file declares, for sources that take one
 */
public record SourceContext(
    String step,
    Disk disk,
    Files files,
    Clock clock,
    long seed,
    Set<String> meta,
    InputStream console,
    Scheduler scheduler,
    Schema schema) {
  public SourceContext {
    meta = Set.copyOf(meta);
  }

  /** A context whose standard input is empty, for sources that do not wait. */
  public SourceContext(
      String step, Disk disk, Files files, Clock clock, long seed, Set<String> meta) {
    this(
        step,
        disk,
        files,
        clock,
        seed,
        meta,
        InputStream.nullInputStream(),
        Scheduler.NONE,
        Schema.anything());
  }
}
