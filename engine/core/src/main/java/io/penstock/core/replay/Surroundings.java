package io.penstock.core.replay;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;

/**
 * Where a pipeline stands: what its sources are opened with.
 *
 * @param files resolves the paths of the pipeline
 */
public record Surroundings(Disk disk, Files files, Clock clock) {}
