package io.penstock.core.runner;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import io.penstock.core.logical.RunSettings;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * How one run is done.
 *
 * @param mode in place of the plan's
 * @param workers tasks per stage
 * @param batchRows rows of a batch, forced
 * @param optimise whether the optimiser works
 * @param compile when expressions are compiled
 * @param root the base of relative paths
 * @param confine the cage of reads and writes
 * @param untilRows stop after so many rows were read
 * @param untilTime stop after so long
 * @param seed of {@code random()} and its like
 * @param console standard output, for the console sink
 * @param input standard input, for the console source
 * @param log lines of the {@code log} step and of the engine
 * @param kept where state is kept; empty: it is not
 * @param memory how many bytes steps may hold together
 * @param spill the folder, of several runs, for what steps hold and memory does not, where no state
 *     is kept
 * @param crashes told of the places where a crash is of interest
 */
public record RunRequest(
    Optional<RunSettings.Mode> mode,
    int workers,
    OptionalInt batchRows,
    boolean optimise,
    CompileMode compile,
    Path root,
    Optional<Path> confine,
    OptionalLong untilRows,
    Optional<Duration> untilTime,
    long seed,
    Disk disk,
    Clock clock,
    Scheduler scheduler,
    OutputStream console,
    InputStream input,
    Consumer<LogLine> log,
    Optional<KeptState> kept,
    long memory,
    Path spill,
    CrashPoints crashes) {
  /** A run that keeps no state, whose standard input is empty, compiled beside it. */
  public RunRequest(
      Optional<RunSettings.Mode> mode,
      int workers,
      OptionalInt batchRows,
      boolean optimise,
      Path root,
      Optional<Path> confine,
      OptionalLong untilRows,
      Optional<Duration> untilTime,
      long seed,
      Disk disk,
      Clock clock,
      Scheduler scheduler,
      OutputStream console,
      Consumer<LogLine> log) {
    this(
        mode,
        workers,
        batchRows,
        optimise,
        CompileMode.BACKGROUND,
        root,
        confine,
        untilRows,
        untilTime,
        seed,
        disk,
        clock,
        scheduler,
        console,
        InputStream.nullInputStream(),
        log,
        Optional.empty(),
        Runtime.getRuntime().maxMemory() / 2,
        root.resolve("penstock-spill"),
        CrashPoints.NONE);
  }

  /** The same run, keeping its state there. */
  public RunRequest keeping(KeptState state, CrashPoints points) {
    return new RunRequest(
        mode,
        workers,
        batchRows,
        optimise,
        compile,
        root,
        confine,
        untilRows,
        untilTime,
        seed,
        disk,
        clock,
        scheduler,
        console,
        input,
        log,
        Optional.of(state),
        memory,
        spill,
        points);
  }

  /** The same run, whose expressions are compiled then. */
  public RunRequest compiling(CompileMode when) {
    return new RunRequest(
        mode, workers, batchRows, optimise, when, root, confine, untilRows, untilTime, seed, disk,
        clock, scheduler, console, input, log, kept, memory, spill, crashes);
  }

  /** The same run, whose steps hold together so many bytes in memory and the rest in a folder. */
  public RunRequest holding(long bytes, Path rest) {
    return new RunRequest(
        mode, workers, batchRows, optimise, compile, root, confine, untilRows, untilTime, seed,
        disk, clock, scheduler, console, input, log, kept, bytes, rest, crashes);
  }

  /** A line for the run's log. */
  public record LogLine(String level, String step, String text) {}
}
