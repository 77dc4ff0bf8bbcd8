package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that may no longer be written ends a real process with its name; the next loses nothing.
 */
final class ReadOnlyTest {
  private static final String PIPELINE =
      """
      sources:
        numbers:
          generator: { rate: 5000/s, fields: { n: n } }
      sinks:
        parts: { file: { path: parts/, format: { text: { line: "{n}" } } } }
        all: { from: numbers, file: { path: all.txt, format: { text: { line: "{n}" } } } }
      run: { checkpoint: 50ms }
      """;
  private static final String UNDER_WAY =
      "until ls %s/pipeline/ck 2>/dev/null | grep -q 'c-[3-9]'; do :; done";
  // The folder is there once more, over itself, for reading only.
  private static final String SEAL =
      "mkdir sealed && mount -o bind,ro small sealed && mount --bind sealed small";
  private static final String READ_ONLY = "Read-only file system";

  @TempDir Path folder;

  @Test
  void aDiskWithTheStateThatBecomesReadOnlyEndsTheRun() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
    try (Session session = Session.withMounts(folder)) {
      session.does("mkdir small && mount -t tmpfs -o size=64m none small");

      session.starts("run pipeline.yaml --state small");
      session.does(UNDER_WAY.formatted("small"));
      session.does(SEAL);
      String line = session.line("R109");

      assertEquals(5, session.exit(), session::toString);
      assertTrue(line.contains(READ_ONLY) && line.contains("small/pipeline/"), line);
      assertTrue(session.line("help:").contains("mount that disk for writing"));
      assertFalse(session.toString().contains("\tat "), session::toString);
      session.does("umount small");
      session.starts("run pipeline.yaml --state small --until '500 rows'");
      assertEquals(0, session.exit(), session::toString);
      assertNothingLost(folder);
    }
  }

  @Test
  void aDiskWithOutputsThatBecomesReadOnlyEndsTheRun() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
    try (Session session = Session.withMounts(folder)) {
      session.does("mkdir small && mount -t tmpfs -o size=64m none small");

      session.starts("run pipeline.yaml --root small --state state");
      session.does(UNDER_WAY.formatted("state"));
      session.does(SEAL);
      String line = session.line("R304");

      assertEquals(7, session.exit(), session::toString);
      assertTrue(line.matches("pipeline.yaml:[56]:3  R304  `(parts|all.txt).*" + READ_ONLY), line);
      assertTrue(session.line("help:").contains("mount that disk for writing"));
      session.does("umount small");
      session.starts("run pipeline.yaml --root small --state state --until '500 rows'");
      assertEquals(0, session.exit(), session::toString);
      session.does("cp -r small judged");
      assertNothingLost(folder.resolve("judged"));
    }
  }

  /** As a kernel does it that has met an error: also for files that are open. */
  @Test
  void aFileSystemThatIsForcedReadOnlyEndsTheRun() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
    try (Session session = Session.withDevices(folder)) {
      session.does("truncate -s 64M image && mkfs.ext4 -q -F image && mkdir small");
      session.does("mount -o loop,errors=remount-ro image small");

      session.starts("run pipeline.yaml --root small --state small");
      session.does(UNDER_WAY.formatted("small"));
      session.does("mount -o remount,abort small");
      int exit = session.exit();

      assertTrue(exit == 5 || exit == 7, session::toString);
      String line = session.line(exit == 5 ? "R109" : "R304");
      // The second is what forcing a file says that was open.
      assertTrue(line.contains(READ_ONLY) || line.contains("Input/output error"), line);
      session.does("umount small && mount -o loop,errors=remount-ro image small");
      session.starts("run pipeline.yaml --root small --state small --until '500 rows'");
      assertEquals(0, session.exit(), session::toString);
      session.does("mkdir judged && cp -r small/parts small/all.txt judged");
      assertNothingLost(folder.resolve("judged"));
    }
  }

  /** Both outputs hold the numbers from 0 on, each once. */
  private static void assertNothingLost(Path outputs) throws IOException {
    List<Integer> parts;
    try (Stream<Path> files = Files.list(outputs.resolve("parts"))) {
      parts =
          files
              .filter(file -> file.getFileName().toString().matches("part-.*"))
              .flatMap(ReadOnlyTest::lines)
              .map(Integer::valueOf)
              .sorted()
              .toList();
    }
    List<Integer> all = lines(outputs.resolve("all.txt")).map(Integer::valueOf).toList();

    assertTrue(all.size() > 500, () -> all.size() + " rows");
    assertEquals(Stream.iterate(0, n -> n + 1).limit(all.size()).toList(), all);
    assertEquals(all, parts);
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
