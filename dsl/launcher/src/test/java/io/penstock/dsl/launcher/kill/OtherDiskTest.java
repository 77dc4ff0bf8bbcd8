package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outputs that lie on another file system than what they are made of. A file is always begun in the
 * folder that it ends in, so there is no rename from one to the other, however the folders lie.
 */
final class OtherDiskTest {
  private static final String KEPT = "run: { checkpoint: 100ms }\n";
  private static final String NUMBERS =
      """
      sources:
        numbers: { generator: { count: 2000, fields: { n: n } } }
      sinks:
        out: { file: { path: "%s", format: { text: { line: "{n}" } } } }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", KEPT})
  void aFolderMayLieElsewhereThroughALink(String kept) throws Exception {
    try (Session session = mounted(NUMBERS.formatted("out/") + kept)) {
      session.does("ln -s other out");

      session.starts("run pipeline.yaml");

      assertEquals(0, session.exit(), session::toString);
      assertEquals(2000, numbers(session.does("cat other/part-*")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", KEPT})
  void anotherDiskMayBeMountedInsideTheFolder(String kept) throws Exception {
    try (Session session = mounted(NUMBERS.formatted("out/{n % 2}/") + kept)) {
      session.does("mkdir -p out/0 out/1 && mount --bind other out/1");

      session.starts("run pipeline.yaml");

      assertEquals(0, session.exit(), session::toString);
      assertEquals(2000, numbers(session.does("cat out/0/part-* out/1/part-*")));
      session.does("test -n \"$(ls other/part-*)\"");
    }
  }

  @Test
  void theStateMayLieElsewhereInPieces() throws Exception {
    String sinks = "  all: { from: numbers, file: all.txt }\n".replace("all.txt", ALL);
    try (Session session = mounted(NUMBERS.formatted("out/") + sinks + KEPT)) {
      session.does("mkdir -p state/pipeline other/spool other/ck third");
      session.does("mount -t tmpfs none third && ln -s ../../third state/pipeline/spool");
      session.does("ln -s ../../other/ck state/pipeline/ck");

      session.starts("run pipeline.yaml --state state");

      assertEquals(0, session.exit(), session::toString);
      assertEquals(2000, numbers(session.does("cat out/part-*")));
      assertEquals(2000, numbers(session.does("cat all.txt")));
      session.does("test -n \"$(ls other/ck/c-*)\"");
    }
  }

  private static final String ALL = "{ path: all.txt, format: { text: { line: \"{n}\" } } }";

  @ParameterizedTest
  @ValueSource(strings = {"", KEPT})
  void aFileThatIsALinkToAnotherDiskStaysOne(String kept) throws Exception {
    try (Session session = mounted(NUMBERS.formatted("out.txt") + kept)) {
      session.does("ln -s other/out.txt out.txt");

      session.starts("run pipeline.yaml");

      assertEquals(0, session.exit(), session::toString);
      assertEquals(2000, numbers(session.does("cat other/out.txt")));
      session.does("test -L out.txt");
    }
  }

  @Test
  void aFileThatIsAMountIsWrittenInPlaceByARunThatKeepsState() throws Exception {
    try (Session session = mounted(NUMBERS.formatted("out.txt") + KEPT)) {
      session.does("touch out.txt other/out.txt && mount --bind other/out.txt out.txt");

      session.starts("run pipeline.yaml");

      assertEquals(0, session.exit(), session::toString);
      assertEquals(2000, numbers(session.does("cat other/out.txt")));
    }
  }

  @Test
  void aFileThatIsAMountIsRefusedByARunThatReplacesIt() throws Exception {
    try (Session session = mounted(NUMBERS.formatted("out.txt"))) {
      session.does("touch out.txt other/out.txt && mount --bind other/out.txt out.txt");

      session.starts("run pipeline.yaml");

      assertEquals(7, session.exit(), session::toString);
      String line = session.line("R304");
      assertTrue(line.startsWith("pipeline.yaml:4:3  R304  `out.txt` is mounted"), line);
      assertTrue(session.line("0 rows read").startsWith("pipeline: failed"), session::toString);
    }
  }

  @Test
  void filesThatAreReadMayNotBeMovedToAnotherDisk() throws Exception {
    String moved =
        """
        sources:
          rows: { file: { path: in/*.txt, when_done: { move: done } } }
        sinks:
          out: { file: out.txt }
        run: { checkpoint: 100ms }
        """;
    try (Session session = mounted(moved)) {
      session.does("mkdir in && echo 1 >in/a.txt && ln -s other done");

      session.starts("run pipeline.yaml");

      assertEquals(2, session.exit(), session::toString);
      String line = session.line("E110");
      assertTrue(line.contains("`done` lies on another file system than `in/a.txt`"), line);
      session.does("rm done");
      session.starts("run pipeline.yaml");
      assertEquals(0, session.exit(), session::toString);
      session.does("test -e done/a.txt && test ! -e in/a.txt");
    }
  }

  private Session mounted(String pipeline) throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    Session session = Session.withMounts(folder);
    session.does("mkdir other && mount -t tmpfs -o size=16m none other");
    return session;
  }

  /** How many numbers from 0 on there are, each once and in any order. */
  private static int numbers(List<String> lines) {
    List<Integer> numbers = new ArrayList<>();
    lines.forEach(line -> numbers.add(Integer.valueOf(line)));
    assertEquals(
        IntStream.range(0, numbers.size()).boxed().toList(), numbers.stream().sorted().toList());
    return numbers.size();
  }
}
