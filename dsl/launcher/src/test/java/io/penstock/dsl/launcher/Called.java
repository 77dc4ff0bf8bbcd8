package io.penstock.dsl.launcher;

import io.penstock.core.system.SystemClock;
import io.penstock.core.system.SystemDisk;
import io.penstock.core.system.SystemScheduler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** How a command ended that was called inside this process. */
record Called(int code, String out, String err, String console) {
  /** Calls the command in a folder. */
  static Called in(Path folder, String... args) {
    return in(folder, Map.of(), args);
  }

  /** Calls the command in a folder. */
  static Called in(Path folder, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            console,
            Shell.Look.plain(),
            environment,
            folder,
            new SystemDisk(new SystemScheduler()),
            new SystemClock(),
            new SystemScheduler());
    int code = Commands.run(args, shell);
    return new Called(code, text(out), text(err), text(console));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
