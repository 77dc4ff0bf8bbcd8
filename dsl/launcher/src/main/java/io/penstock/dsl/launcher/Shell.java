package io.penstock.dsl.launcher;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What surrounds a command.
 *
 * @param out for what was asked for
 * @param err for what happens meanwhile
 * @param console standard output without a buffer, for the console sink
 * @param input standard input, for the console source
 * @param look what the two streams can show
 * @param folder where relative paths of arguments begin
 * @param halt ends the process at once with this code, as a kill does
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    OutputStream console,
    InputStream input,
    Look look,
    Map<String, String> environment,
    Path folder,
    Disk disk,
    Clock clock,
    Scheduler scheduler,
    IntConsumer halt) {
  public Shell {
    environment = Map.copyOf(environment);
  }

  /** A shell whose standard input is empty and whose process cannot be ended at once. */
  public Shell(
      PrintStream out,
      PrintStream err,
      OutputStream console,
      Look look,
      Map<String, String> environment,
      Path folder,
      Disk disk,
      Clock clock,
      Scheduler scheduler) {
    this(
        out,
        err,
        console,
        InputStream.nullInputStream(),
        look,
        environment,
        folder,
        disk,
        clock,
        scheduler,
        code -> {
          throw new IllegalStateException("nothing can be ended here");
        });
  }

  /**
   * What the streams can show.
   *
   * @param outColours whether standard output takes colours
   * @param errColours whether standard error takes colours
   * @param live whether standard error can be written over
   * @param columns how wide standard error is
   */
  public record Look(boolean outColours, boolean errColours, boolean live, int columns) {
    /** A file or a pipe. */
    public static Look plain() {
      return new Look(false, false, false, 80);
    }
  }

  /** A variable of the environment. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** An argument's path. */
  public Path path(String argument) {
    return folder.resolve(argument).normalize();
  }
}
