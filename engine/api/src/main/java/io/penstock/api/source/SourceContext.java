package io.penstock.api.source;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.util.Set;

/**
 * What the engine hands to a source.
 *
 * @param step the step's name
 * @param files resolves paths under the root and the cage
 * @param seed the run's seed for this step
 * @param meta the names of {@code meta.*} that the pipeline uses
 */
public record SourceContext(
    String step, Disk disk, Files files, Clock clock, long seed, Set<String> meta) {
  public SourceContext {
    meta = Set.copyOf(meta);
  }
}
