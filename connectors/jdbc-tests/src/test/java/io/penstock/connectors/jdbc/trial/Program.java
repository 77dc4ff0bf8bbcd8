package io.penstock.connectors.jdbc.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs of the command line in processes of their own, in one folder. */
final class Program {
  private final Path folder;
  private final String logName;

  Program(Path folder) {
    this(folder, "run.log");
  }

  private Program(Path folder, String logName) {
    this.folder = folder;
    this.logName = logName;
  }

  /** The same pipeline, for a run at the same time. */
  Program beside(String ownLog) {
    return new Program(folder, ownLog);
  }

  /** What came of a run. */
  record Outcome(int code, String text) {}

  void write(String pipeline) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
  }

  String text() throws IOException {
    return Files.readString(folder.resolve("pipeline.yaml"));
  }

  /** As a user's Java runs it, with all of its compilers. */
  Process startPlain() throws IOException {
    return start(
        List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-XX:+UseParallelGC", "-XX:-UseSerialGC"));
  }

  Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /**
   * Starts a run.
   *
   * @param options Java's
   */
  Process start(List<String> options, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("pipeline.yaml"));
    words.addAll(List.of(arguments));
    return java(options, words);
  }

  /** Starts a command. */
  Process command(String... words) throws IOException {
    return java(List.of(), List.of(words));
  }

  private Process java(List<String> options, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.penstock.dsl.launcher.Main");
    command.addAll(words);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(logName).toFile())
        .start();
  }

  /** Runs with options of Java. */
  Outcome run(List<String> options) throws IOException, InterruptedException {
    return ended(start(options));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return ended(start(arguments));
  }

  Outcome ended(Process run) throws IOException, InterruptedException {
    if (!run.waitFor(120, TimeUnit.SECONDS)) {
      run.destroyForcibly().waitFor();
      throw new IOException("the run did not end: " + log());
    }
    return new Outcome(run.exitValue(), log());
  }

  String log() throws IOException {
    return Files.readString(folder.resolve(logName));
  }

  /** The same, for the message of a test that has failed. */
  String safeLog() {
    try {
      return log();
    } catch (IOException none) {
      return "no log";
    }
  }

  /** The lines of all parts that the pipeline has written into a folder, sorted. */
  List<String> lines(String output) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var files = Files.list(folder.resolve(output))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !name.startsWith("_")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines.stream().sorted().toList();
  }

  /** How many lines there are so far. */
  int count(String output) throws IOException {
    return Files.exists(folder.resolve(output)) ? lines(output).size() : 0;
  }

  /** The lines of one part, in their order. */
  List<String> inOrder(String output) throws IOException {
    try (var files = Files.list(folder.resolve(output))) {
      Path part =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(part);
    }
  }
}
