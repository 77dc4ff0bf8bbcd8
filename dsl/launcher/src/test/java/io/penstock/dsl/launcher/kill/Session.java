package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A shell in which a pipeline runs while the world around it is changed. What both say comes out of
 * one pipe, so that a test waits for lines and never for a time. What it has mounted and started is
 * gone when it is closed.
 */
final class Session implements AutoCloseable {
  private static final String DONE = "--done ";
  private static final String EXIT = "--exit ";
  // Against a run that hangs, which would hang the build.
  private static final int PATIENCE_SECONDS = 300;
  private static final String RUN =
      "run() { ( timeout -k 5 %d \"$JAVA\" -cp \"$CP\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
          + " $OPTS io.penstock.dsl.launcher.Main \"$@\"; echo \"%s$?\" ) 2>&1 & }%n";

  private final Process shell;
  private final BufferedReader lines;
  private final Writer to;
  private final List<String> said = new ArrayList<>();
  private int looked;

  private Session(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("CP", System.getProperty("java.class.path"));
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().put("OPTS", "-Xmx256m");
    this.shell = builder.start();
    this.lines = shell.inputReader(StandardCharsets.UTF_8);
    this.to = shell.outputWriter(StandardCharsets.UTF_8);
    to.write(RUN.formatted(PATIENCE_SECONDS, EXIT));
    to.flush();
  }

  /** A shell as this user. */
  static Session plain(Path folder) throws IOException {
    return new Session(folder, List.of("sh"));
  }

  /** A shell in which permissions count also where this user is root. */
  static Session underPermissions(Path folder) throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return plain(folder);
    }
    List<String> command =
        List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "sh");
    assumeWorks(command, "permissions do not count for root, and `setpriv` cannot change that");
    return new Session(folder, command);
  }

  /** A shell that may mount file systems kept in memory, seen by nobody else. */
  static Session withMounts(Path folder) throws IOException, InterruptedException {
    List<String> command = List.of("unshare", "-rmpf", "--kill-child", "sh");
    assumeWorks(command, "`mount -t tmpfs none /tmp`", "this machine lets users mount nothing");
    return new Session(folder, command);
  }

  /** A shell that may mount images of disks, seen by nobody else: for root only. */
  static Session withDevices(Path folder) throws IOException, InterruptedException {
    List<String> command = List.of("unshare", "-mpf", "--kill-child", "sh");
    assumeWorks(command, "losetup -f && mkfs.ext4 -V", "images of disks cannot be mounted here");
    return new Session(folder, command);
  }

  private static void assumeWorks(List<String> command, String why)
      throws IOException, InterruptedException {
    assumeWorks(command, "true", why);
  }

  private static void assumeWorks(List<String> command, String trial, String why)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.add("-c");
    whole.add(trial.replace("`", ""));
    boolean works;
    try {
      Process tried = new ProcessBuilder(whole).redirectErrorStream(true).start();
      byte[] unused = tried.getInputStream().readAllBytes();
      works = tried.waitFor() == 0;
    } catch (IOException e) {
      works = false;
    }
    assumeTrue(works, why);
  }

  /** Does something in the shell, which must succeed; the lines that came meanwhile. */
  List<String> does(String command) throws IOException {
    int from = said.size();
    to.write("{ " + command + "\n} 2>&1; echo \"" + DONE + "$?\"\n");
    to.flush();
    String status = next(line -> line.startsWith(DONE), said.size());
    assertEquals(DONE + "0", status, () -> command + "\n" + this);
    return List.copyOf(said.subList(from, said.size() - 1));
  }

  /** Starts the command of Penstock beside the shell. */
  void starts(String arguments) throws IOException {
    looked = said.size();
    List<String> unused = does("run " + arguments);
  }

  /** Waits for a line of the command that was started last. */
  String line(String part) throws IOException {
    return next(line -> line.contains(part), looked);
  }

  /** Waits for the end of the command that was started last; its exit code. */
  int exit() throws IOException {
    String line = next(each -> each.startsWith(EXIT), looked);
    return Integer.parseInt(line.substring(EXIT.length()));
  }

  private String next(Predicate<String> wanted, int from) throws IOException {
    for (int at = from; at < said.size(); at++) {
      if (wanted.test(said.get(at))) {
        return said.get(at);
      }
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      if (wanted.test(line)) {
        return line;
      }
      boolean over = line.startsWith(EXIT) && said.size() > from;
      if (over) {
        throw new AssertionError("the run has ended before that: " + this);
      }
    }
    throw new AssertionError("the shell has ended: " + this);
  }

  @Override
  public String toString() {
    return String.join("\n", said);
  }

  @Override
  public void close() throws IOException {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
    lines.close();
    to.close();
  }
}
