package io.penstock.connectors.redis.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs of the command line in processes of their own, in one folder. */
final class Program {
  private final Path folder;

  Program(Path folder) {
    this.folder = folder;
  }

  /** What came of a run. */
  record Outcome(int code, String text) {}

  void write(String pipeline) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
  }

  String text() throws IOException {
    return Files.readString(folder.resolve("pipeline.yaml"));
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
    return start(Map.of(), options, arguments);
  }

  /**
   * Starts a run.
   *
   * @param environment variables beside those of this process
   * @param options Java's
   */
  Process start(Map<String, String> environment, List<String> options, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("pipeline.yaml"));
    words.addAll(List.of(arguments));
    return java(environment, options, words);
  }

  /** Starts a command. */
  Process command(String... words) throws IOException {
    return java(Map.of(), List.of(), List.of(words));
  }

  private Process java(Map<String, String> environment, List<String> options, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.penstock.dsl.launcher.Main");
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("run.log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return ended(start(arguments));
  }

  Outcome ended(Process run) throws IOException, InterruptedException {
    if (!run.waitFor(60, TimeUnit.SECONDS)) {
      run.destroyForcibly().waitFor();
      throw new IOException("the run did not end: " + log());
    }
    return new Outcome(run.exitValue(), log());
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("run.log"));
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
}
