package io.penstock.api.sink;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.api.system.Scheduler;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What the engine hands to a sink.
 *
 * @param pipeline the pipeline's name
 * @param step the step's name
 * @param run a name for this run, unique among runs, fit for a file name; where state is kept, all
 *     runs that go on from it have the same
 * @param schema the rows' schema
 * @param format the format, for sinks that write bytes
 * @param files resolves paths under the root and the cage
 * @param console standard output, for the console sink
 * @param scheduler waits, for sinks that try again
 * @param keepsState whether the run keeps state: then outputs of former epochs stay
 */
public record SinkContext(
    String pipeline,
    String step,
    String run,
    Schema schema,
    Optional<Format> format,
    Disk disk,
    Files files,
    Clock clock,
    OutputStream console,
    Scheduler scheduler,
    boolean keepsState) {}
