package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs of a server in its folder, as somebody without rights where we are root. */
record Commands(Path folder) {
  private static final int SECONDS = 60;
  // Whom the server runs as where the tests run as root, which it refuses.
  private static final String NOBODY = "65534";

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Gives the folder to whom the server runs as. */
  void handOver() throws IOException {
    if (isRoot()) {
      run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
    }
  }

  /** A command of the server's own user. */
  List<String> nobody(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(folder.resolve("programs").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  /** What the programs have said. */
  String said() throws IOException {
    return Files.readString(log());
  }

  /** Starts a command. */
  Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  /** Runs a command to its end. */
  void run(List<String> command) throws IOException {
    Process running = start(command);
    if (!waited(running, SECONDS * 1000L) || running.exitValue() != 0) {
      running.destroyForcibly();
      throw new IOException(command.get(0) + " failed: " + said());
    }
  }

  /** Starts a server, and waits until it answers. */
  Process started(List<String> command, Answers answers) throws IOException {
    Process started = start(command);
    long begun = System.nanoTime();
    while (!answers.now()) {
      boolean late = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(SECONDS);
      if (late || !started.isAlive()) {
        started.destroyForcibly();
        throw new IOException("the server did not come up: " + said());
      }
      boolean unused = waited(started, 50);
    }
    return started;
  }

  /** Whether a server takes connections. */
  @FunctionalInterface
  interface Answers {
    boolean now();
  }

  /** Ends a server at once, as a crash would. */
  void end(Process process, String signal) throws IOException {
    run(List.of("kill", signal, Long.toString(process.pid())));
    if (!waited(process, SECONDS * 1000L)) {
      throw new IOException("the server did not end: " + said());
    }
  }

  /** Asks a server to end, and ends it where it does not. */
  static void close(Process process) {
    process.destroy();
    if (!waited(process, 5000)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      boolean unused = waited(process, 5000);
    }
  }

  static boolean waited(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
