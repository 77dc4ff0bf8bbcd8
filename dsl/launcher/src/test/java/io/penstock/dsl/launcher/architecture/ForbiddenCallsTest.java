package io.penstock.dsl.launcher.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Time, chance, threads and files come in by the doors of {@code api.system}. A class that reaches
 * for them itself stands in allowed-calls.txt, with a reason.
 */
final class ForbiddenCallsTest {
  private static final Set<String> CLASSES =
      Set.of(
          "java.nio.file.Files",
          "java.nio.channels.FileChannel",
          "java.nio.channels.AsynchronousFileChannel",
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.ThreadLocalRandom",
          "java.security.SecureRandom",
          "java.lang.ProcessBuilder");

  private static final Set<String> MEMBERS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.exit",
          "java.lang.System.getenv",
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.Math.random",
          "java.lang.Runtime.exec",
          "java.lang.Runtime.halt",
          "java.lang.Runtime.addShutdownHook",
          "java.lang.Thread.<init>",
          "java.lang.Thread.start",
          "java.lang.Thread.sleep",
          "java.lang.Thread.startVirtualThread",
          "java.lang.Object.wait",
          "java.util.UUID.randomUUID",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalTime.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.ZoneId.systemDefault",
          "java.util.TimeZone.getDefault");

  /** A class, what it may name, and why. */
  private record Allowed(String type, String call, String reason) {
    static Allowed parse(String line) {
      String[] parts = line.split("\\s+", 3);
      if (parts.length < 3) {
        throw new IllegalArgumentException("an allowance needs class, call and reason: " + line);
      }
      return new Allowed(parts[0], parts[1], parts[2]);
    }

    boolean covers(String caller, String called) {
      boolean same = caller.equals(type) || caller.startsWith(type + "$");
      boolean room = type.endsWith(".*") && caller.startsWith(type.substring(0, type.length() - 1));
      return (same || room) && called.equals(call);
    }
  }

  @Test
  void nobodyPassesTheDoorsByButThoseWithAReason() throws IOException {
    List<Allowed> allowed = allowances();
    Set<Allowed> unused = new LinkedHashSet<>(allowed);
    List<String> forbidden = new ArrayList<>();

    ClassFolders.all().stream()
        .flatMap(folder -> ClassFolders.classesIn(folder).stream())
        .map(ClassFile::read)
        .forEach(
            file ->
                named(file)
                    .forEach(
                        call -> {
                          List<Allowed> by =
                              allowed.stream().filter(a -> a.covers(file.name(), call)).toList();
                          unused.removeAll(by);
                          if (by.isEmpty()) {
                            forbidden.add(file.name() + " " + call);
                          }
                        }));

    assertEquals(List.of(), forbidden, "each needs a door, or a line with its reason");
    assertEquals(Set.of(), unused, "allowances that nobody needs any more");
  }

  private static Stream<String> named(ClassFile file) {
    return Stream.concat(
        file.classes().stream().filter(CLASSES::contains),
        file.members().stream().filter(MEMBERS::contains));
  }

  private static List<Allowed> allowances() throws IOException {
    return Files.readAllLines(
            ClassFolders.ROOT.resolve(
                "dsl/launcher/src/test/resources/architecture/allowed-calls.txt"))
        .stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Allowed::parse)
        .toList();
  }
}
