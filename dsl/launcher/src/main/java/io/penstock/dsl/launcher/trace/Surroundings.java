package io.penstock.dsl.launcher.trace;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a pipeline is traced.
 *
 * @param root the base of relative paths
 * @param confine the cage of reads
 * @param spill the folder for what steps hold and memory does not
 */
public record Surroundings(
    Path root, Optional<Path> confine, Path spill, Disk disk, Clock clock, Scheduler scheduler) {}
