package io.penstock.dsl.launcher.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads ten rows in a second from a pipeline whose source makes as many as it may, and looks at
 * what the process holds; then tells it to stop and reads the rest. No row may be missing.
 */
final class SlowReader {
  private static final String PIPELINE =
      """
      sources:
        numbers:
          generator: { fields: { n: n, text: "pad_start(to_string(n), 100)" } }
      sinks:
        out:
          console: { format: { json: lines } }
      """;

  private static final int PAUSE_MILLIS = 100;
  private static final int ROWS_BETWEEN_LOOKS = 100;
  private static final double MIB = 1 << 20;
  private static final double STEADY = 1.1;

  private final Program program;
  private final Path folder;
  private final List<Long> live = new ArrayList<>();
  private long rows;

  /** A reader of a pipeline in this folder. */
  SlowReader(Program program, Path folder) throws IOException {
    this.program = program;
    this.folder = Files.createDirectories(folder);
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
  }

  /** Reads for so long; whether the heap was steady behind its first quarter. */
  boolean reads(int minutes) throws IOException, InterruptedException {
    Process process = program.unread(folder, List.of("run", "pipeline.yaml"));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
      while (System.nanoTime() < until) {
        if (!isTaken(lines) || process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("it ended by itself: " + said());
        }
        if (rows % ROWS_BETWEEN_LOOKS == 0) {
          look(process);
        }
      }
      boolean unused = process.toHandle().destroy();
      while (isTaken(lines)) {
        // What was made before it was told to stop.
      }
    }
    if (process.waitFor() != 0) {
      throw new AssertionError("exit " + process.exitValue() + ": " + said());
    }
    return isSteady();
  }

  /** Takes the next row, which must follow on the one before; false where there is none. */
  private boolean isTaken(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      return false;
    }
    if (!line.startsWith("{\"n\":" + rows + ",")) {
      throw new AssertionError("row " + rows + " is missing: " + line);
    }
    rows++;
    return true;
  }

  private void look(Process process) throws IOException, InterruptedException {
    long bytes = liveBytes(process.pid());
    live.add(bytes);
    System.out.printf(
        "%d rows taken, %.1f MiB live, %s resident%n", rows, bytes / MIB, resident(process.pid()));
  }

  /** Whether what it holds stays within a tenth of the least. */
  private boolean isSteady() {
    List<Long> later = live.subList(live.size() / 4, live.size());
    long least = later.stream().mapToLong(Long::longValue).min().orElse(0);
    long most = later.stream().mapToLong(Long::longValue).max().orElse(0);
    System.out.printf(
        "%d rows in all, none missing; live heap from %.1f to %.1f MiB%n",
        rows, least / MIB, most / MIB);
    return most <= least * STEADY;
  }

  /** What is left after a collection. */
  private static long liveBytes(long pid) throws IOException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String last = said.strip().substring(said.strip().lastIndexOf('\n') + 1);
    String[] words = last.strip().split("\\s+");
    if (!words[0].equals("Total")) {
      throw new AssertionError(said);
    }
    return Long.parseLong(words[2]);
  }

  private static String resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.substring("VmRSS:".length()).strip())
        .findFirst()
        .orElse("?");
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("run.log"));
  }
}
