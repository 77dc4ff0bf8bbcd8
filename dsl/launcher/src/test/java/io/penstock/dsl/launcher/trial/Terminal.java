package io.penstock.dsl.launcher.trial;

import io.penstock.core.system.SystemClock;
import io.penstock.core.system.SystemDisk;
import io.penstock.core.system.SystemScheduler;
import io.penstock.dsl.launcher.Commands;
import io.penstock.dsl.launcher.Shell;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A terminal in a folder: runs the command in this process and keeps what it prints. */
record Terminal(Path folder, Map<String, String> environment) {
  /** What a command left. */
  record Outcome(int code, String out, String err) {
    /** All that was printed, for the messages of tests. */
    String all() {
      return "exit " + code + "\n" + out + err;
    }

    /** Whether a stack trace or a bug of ours was printed. */
    boolean showsInsides() {
      return all().contains("\tat ")
          || all().contains("a bug in Penstock")
          || all().contains("R410");
    }
  }

  Terminal(Path folder) {
    this(folder, Map.of());
  }

  Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            out,
            Shell.Look.plain(),
            environment,
            folder,
            new SystemDisk(new SystemScheduler()),
            new SystemClock(),
            new SystemScheduler());
    int code = Commands.run(arguments, shell);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
