package io.penstock.dsl.launcher;

import io.penstock.core.system.SystemClock;
import io.penstock.core.system.SystemDisk;
import io.penstock.core.system.SystemScheduler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The command. */
public final class Main {
  private static final int BUFFER = 1 << 13;

  private Main() {}

  public static void main(String[] args) {
    System.exit(Commands.run(args, shell()));
  }

  static Shell shell() {
    Map<String, String> environment = System.getenv();
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    return new Shell(
        new PrintStream(
            new java.io.BufferedOutputStream(out, BUFFER), false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        out,
        System.in,
        look(environment),
        environment,
        Path.of("").toAbsolutePath(),
        new SystemDisk(new SystemScheduler()),
        new SystemClock(),
        new SystemScheduler(),
        Runtime.getRuntime()::halt);
  }

  /** The script says which streams are terminals: Java cannot tell one from the other. */
  private static Shell.Look look(Map<String, String> environment) {
    boolean out = Boolean.getBoolean("penstock.terminal.out");
    boolean err = Boolean.getBoolean("penstock.terminal.err");
    String term = environment.getOrDefault("TERM", "dumb");
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty() && !term.equals("dumb");
    int columns = Integer.getInteger("penstock.columns", 80);
    return new Shell.Look(
        out && colours, err && colours, err && !term.equals("dumb"), Math.max(20, columns));
  }
}
