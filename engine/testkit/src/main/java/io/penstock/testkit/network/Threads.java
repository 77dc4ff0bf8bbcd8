package io.penstock.testkit.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many threads a process has, as Linux tells it. */
public final class Threads {
  private Threads() {}

  /** Those of a virtual machine's compilers and collectors aside, which come and go. */
  public static int of(Process process) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return (int) tasks.filter(Threads::isOurs).count();
    }
  }

  private static boolean isOurs(Path task) {
    try {
      String name = Files.readString(task.resolve("comm"));
      return !name.startsWith("C1 ") && !name.startsWith("C2 ") && !name.startsWith("GC ");
    } catch (IOException ended) {
      return false;
    }
  }
}
