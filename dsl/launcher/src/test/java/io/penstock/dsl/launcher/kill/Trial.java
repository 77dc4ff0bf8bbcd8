package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One pipeline in a folder of its own, which is started as a process again and again. */
final class Trial {
  private static final int PATIENCE_MINUTES = 5;
  private static final int QUIET_LOOKS = 200;
  private static final int LOOK_MILLIS = 100;

  /** Java's own way to end by SIGTERM, before anything is done. */
  private static final int NOT_BEGUN = 143;

  private final Path folder;
  private final Program program;
  private final Shape shape;
  private final Orders orders;
  private final List<String> history = new ArrayList<>();

  /**
   * Writes the pipeline and its input.
   *
   * @param folder empty, or not there
   * @param mode {@code continuous} or {@code micro_batch}
   * @param files how many files the input is in
   */
  Trial(Path folder, Program program, Shape shape, String mode, Orders orders, int files)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.program = program;
    this.shape = shape;
    this.orders = orders;
    orders.write(Files.createDirectories(folder.resolve("orders")), files);
    Files.writeString(folder.resolve("pipeline.yaml"), shape.pipeline(mode));
  }

  /** Starts it; what becomes of it is written down for whoever reads a failure. */
  Process start(String what, String... options) throws IOException {
    return start(what, List.of(options), List.of());
  }

  /**
   * Starts it with some more arguments.
   *
   * @param options Java's
   */
  Process start(String what, List<String> options, List<String> more) throws IOException {
    history.add(what);
    return program.start(folder, options, arguments(more));
  }

  /** Starts it with one pipe for what it prints and what it says. */
  Process piped(String what, List<String> more) throws IOException {
    history.add(what);
    return program.piped(folder, arguments(more));
  }

  private static List<String> arguments(List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("run", "pipeline.yaml"));
    arguments.addAll(more);
    return arguments;
  }

  /** Lets a process come to its end; its exit code. */
  int ended(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw failure("the run does not end");
    }
    return process.exitValue();
  }

  /** Starts it and lets it do all that is left. */
  void toTheEnd() throws IOException, InterruptedException {
    Process process = start("to the end");
    if (shape == Shape.GOES_ON) {
      long printed = printed();
      awaitAll(process);
      boolean unused = process.toHandle().destroy();
      // Where all was there before, it may be told to stop before it has begun.
      if (notBegun(ended(process))) {
        takeBackErrorOfJava(printed);
        return;
      }
    }
    finished(process);
  }

  /** Whether a process was told to stop before it did anything. */
  boolean notBegun(int code) throws IOException {
    // Java 25 may still be too young to log that it exits, and then ends with 1.
    return code == NOT_BEGUN || said().startsWith("Runtime.exit(" + NOT_BEGUN);
  }

  /** A process that has ended, or is about to, must have ended well. */
  void finished(Process process) throws IOException, InterruptedException {
    int code = ended(process);
    if (code != 0) {
      throw failure("exit " + code);
    }
  }

  /** Waits until all is there, or nothing comes any more; what is missing is for the verdict. */
  private void awaitAll(Process process) throws IOException, InterruptedException {
    long good = orders.good();
    long before = -1;
    int quiet = 0;
    while (before < good && quiet < QUIET_LOOKS) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw failure("it ended by itself with " + process.exitValue());
      }
      long now = least();
      quiet = now == before ? quiet + 1 : 0;
      before = now;
    }
  }

  private long least() throws IOException {
    long least = Long.MAX_VALUE;
    for (String name : shape.files()) {
      Path file = folder.resolve(name);
      try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
        least = Math.min(least, lines.count());
      }
    }
    return least;
  }

  /** The newest epoch that is decided; zero where none is. */
  long epoch() throws IOException {
    Path checkpoints = folder.resolve(".penstock/pipeline/ck");
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("c-\\d+"))
          .mapToLong(name -> Long.parseLong(name.substring(2)))
          .max()
          .orElse(0);
    }
  }

  /** What lies in the folder and should be gone when no process is at work. */
  List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".tmp") || name.contains("/spill/"))
          .sorted()
          .toList();
    }
  }

  /** How much has been printed. */
  long printed() throws IOException {
    return Files.size(folder.resolve("printed.jsonl"));
  }

  /** Removes what Java itself printed behind so many bytes, where it did not even begin. */
  void takeBackErrorOfJava(long printed) throws IOException {
    Path file = folder.resolve("printed.jsonl");
    byte[] all = Files.readAllBytes(file);
    String added =
        new String(all, (int) printed, all.length - (int) printed, StandardCharsets.UTF_8);
    if (added.startsWith("Error occurred during initialization of VM")) {
      Files.write(file, Arrays.copyOf(all, (int) printed));
    }
  }

  /** What the last process said. */
  String said() throws IOException {
    return Files.readString(folder.resolve("run.log"));
  }

  /** What is wrong with the outputs. */
  Verdict verdict() throws IOException {
    return Verdict.of(folder, shape, orders);
  }

  /** Something is as it must not be. */
  AssertionError failure(String what) throws IOException {
    return new AssertionError(what + " in " + folder + " after " + history + ": " + said());
  }
}
