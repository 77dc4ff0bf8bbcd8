package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of pipelines, as a user runs them. */
final class PipelineTestsTest {
  private static final Path KEPT =
      Path.of(System.getProperty("penstock.root", "../.."))
          .resolve("dsl/launcher/src/test/resources/io/penstock/dsl/launcher/tests");

  @TempDir Path folder;

  @BeforeEach
  void copyThePipeline() throws IOException {
    for (String name : new String[] {"orders.yaml", "orders.test.yaml", "bad.test.yaml"}) {
      Files.copy(KEPT.resolve(name), folder.resolve(name));
    }
  }

  @Test
  void showsTheDifferenceAndTheRowsAtEachStep() throws IOException {
    Called called = Called.in(folder, "test", "orders.test.yaml", "--coverage");

    Golden.assertText("tests/text.txt", called.out());
    assertEquals("", called.err());
    assertEquals(9, called.code());
    assertFalse(Files.exists(folder.resolve("small.csv")));
  }

  @Test
  void writesJunitAndJson() throws IOException {
    Golden.assertText(
        "tests/junit.xml", Called.in(folder, "test", "orders.test.yaml", "--format=junit").out());
    Golden.assertText(
        "tests/report.json", Called.in(folder, "test", "orders.test.yaml", "--format=json").out());
  }

  @Test
  void reportsAllMistakesOfATestFile() throws IOException {
    Called called = Called.in(folder, "test", "bad.test.yaml");

    Golden.assertText("tests/bad.txt", called.err());
    assertEquals(2, called.code());
  }

  @Test
  void reportsAllMistakesOfChanges() throws IOException {
    for (String name : new String[] {"changed.yaml", "changed.test.yaml"}) {
      Files.copy(KEPT.resolve(name), folder.resolve(name));
    }
    Called called = Called.in(folder, "test", "changed.test.yaml");

    Golden.assertText("tests/changed.txt", called.err());
    assertEquals(2, called.code());
  }

  @Test
  void updatesWhatIsExpectedAndNothingElse() throws IOException {
    Called updated = Called.in(folder, "test", "orders.test.yaml", "--update");
    Called again = Called.in(folder, "test", "orders.test.yaml");

    assertEquals("rewrote orders.test.yaml\n", updated.err());
    assertEquals(0, again.code());
    Golden.assertText("tests/updated.yaml", Files.readString(folder.resolve("orders.test.yaml")));
  }

  @Test
  void leavesTheExpectationsOfARunThatFails() throws IOException {
    Files.copy(KEPT.resolve("sums.yaml"), folder.resolve("sums.yaml"));
    String text =
        """
        tests:
          - name: broken
            given: { payments: [ raw: "{" ] }
            then: { sums: [ { who: a } ] }
        """;
    Files.writeString(folder.resolve("sums.test.yaml"), text);

    Called called = Called.in(folder, "test", "sums.test.yaml", "--update");

    assertEquals("left as it is: broken\n", called.err());
    assertEquals(9, called.code());
    assertEquals(text, Files.readString(folder.resolve("sums.test.yaml")));
  }

  @Test
  void findsTestFilesInFoldersAndSaysWhereThereAreNone() throws IOException {
    Files.delete(folder.resolve("bad.test.yaml"));
    Files.createDirectories(folder.resolve("empty"));

    assertEquals(9, Called.in(folder, "test", ".").code());
    Called none = Called.in(folder, "test", "empty");
    assertEquals(1, none.code());
    assertEquals("", none.out());
  }

  @Test
  void killsARunAndRecoversItBetweenAnyTwoRows() throws IOException {
    for (String name : new String[] {"sums", "joined"}) {
      Files.copy(KEPT.resolve(name + ".yaml"), folder.resolve(name + ".yaml"));
      Files.copy(KEPT.resolve(name + ".test.yaml"), folder.resolve(name + ".test.yaml"));
    }
    Called called = Called.in(folder, "test", "joined.test.yaml", "sums.test.yaml", "--coverage");

    Golden.assertText("tests/sums.txt", called.out());
    assertEquals(9, called.code());
    assertFalse(Files.exists(folder.resolve(".penstock")));
  }

  @Test
  void changesGiveOneTableInEachModeAndAcrossKills() throws IOException {
    for (String name : new String[] {"changing.yaml", "changing.test.yaml"}) {
      Files.copy(KEPT.resolve(name), folder.resolve(name));
    }
    Called called = Called.in(folder, "test", "changing.test.yaml");

    Golden.assertText("tests/changing.txt", called.out());
    assertEquals(0, called.code());
  }

  @Test
  void rowsSeeThoseAroundThemInEachModeAndAcrossKills() throws IOException {
    for (String name : new String[] {"over.yaml", "over.test.yaml"}) {
      Files.copy(KEPT.resolve(name), folder.resolve(name));
    }
    Called called = Called.in(folder, "test", "over.test.yaml");

    Golden.assertText("tests/over.txt", called.out());
    assertEquals(0, called.code());
  }
}
