package io.penstock.dsl.launcher.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command as a process of its own.
 *
 * @param start the words before the command's arguments
 * @param script whether they are a script, which takes Java's options from the environment
 */
record Program(List<String> start, boolean script) {
  /** The compiler that optimises would be at work for most of a short life. */
  private static final List<String> SHORT_LIFE = List.of("-XX:TieredStopAtLevel=1");

  Program {
    start = List.copyOf(start);
  }

  /** The command as these tests have it on their class path. */
  static Program ofClasses() {
    return ofClasses(System.getProperty("java.class.path"));
  }

  /** The command with this class path. */
  static Program ofClasses(String path) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Program(List.of(java, "-cp", path), false);
  }

  /** The command as its script starts it, from an archive of classes. */
  static Program ofScript(Path script) {
    return new Program(List.of(script.toString()), true);
  }

  /**
   * Starts it in a folder: what it prints goes behind {@code printed.jsonl}, what it says is all of
   * {@code run.log}.
   *
   * @param options Java's
   */
  Process start(Path folder, List<String> options, List<String> arguments) throws IOException {
    return process(folder, options, arguments)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("printed.jsonl").toFile()))
        .redirectError(folder.resolve("run.log").toFile())
        .start();
  }

  /** Starts it in a folder with one pipe for what it prints and what it says. */
  Process piped(Path folder, List<String> arguments) throws IOException {
    return process(folder, List.of(), arguments).redirectErrorStream(true).start();
  }

  /** Starts it in a folder; what it prints is for the caller to read. */
  Process unread(Path folder, List<String> arguments) throws IOException {
    return process(folder, List.of(), arguments)
        .redirectError(folder.resolve("run.log").toFile())
        .start();
  }

  private ProcessBuilder process(Path folder, List<String> options, List<String> arguments) {
    List<String> java = new ArrayList<>(SHORT_LIFE);
    if (options.stream().noneMatch(option -> option.startsWith("-Xmx"))) {
      java.add("-Xmx256m");
    }
    java.addAll(options);
    List<String> words = new ArrayList<>(start);
    if (!script) {
      words.addAll(1, java);
      words.add("io.penstock.dsl.launcher.Main");
    }
    words.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(words).directory(folder.toFile());
    if (script) {
      process.environment().put("JAVA_OPTS", String.join(" ", java));
    }
    return process;
  }
}
