package io.penstock.dsl.launcher.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not be read or written is told with its path and its place in the file. */
final class PermissionsTest {
  private static final String PIPELINE =
      """
      sources:
        rows: { file: rows.csv, schema: { a: string } }
      sinks:
        out: { file: { path: %s, format: csv } }
      """;
  private static final String KEPT = "run: { checkpoint: 1s }\n";

  @TempDir Path folder;

  @BeforeEach
  void writesRows() throws Exception {
    Files.writeString(folder.resolve("rows.csv"), "a\n1\n");
    Files.createDirectory(folder.resolve("sealed"));
  }

  @Test
  void anInputThatMayNotBeReadIsNamed() throws Exception {
    refuses(PIPELINE.formatted("out.csv"), "chmod 000 rows.csv", "");
    assertEquals(6, exit);
    assertStarts("pipeline.yaml:2:3  R205  `rows.csv` cannot be read: permission denied");
    assertFalse(Files.exists(folder.resolve("out.csv")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sealed/out.csv", "sealed/parts/"})
  void anOutputThatMayNotBeWrittenIsNamed(String path) throws Exception {
    for (String kept : new String[] {"", KEPT}) {
      refuses(PIPELINE.formatted(path) + kept, "chmod 555 sealed", "");
      assertEquals(7, exit);
      assertStarts("pipeline.yaml:4:3  R304  `sealed/");
      assertTrue(said.contains(" cannot be written: permission denied"), said);
      assertTrue(said.contains("help: check the permissions of the folder"), said);
    }
  }

  @Test
  void aRunThatMayNotWriteItsOutputGoesOnOnceItMay() throws Exception {
    String path = "sealed/out.csv";
    refuses(PIPELINE.formatted(path) + KEPT, "chmod 555 sealed", "");
    assertEquals(7, exit);

    refuses(PIPELINE.formatted(path) + KEPT, "chmod 755 sealed", "");

    assertEquals(0, exit, said);
    assertEquals("a\n1\n", Files.readString(folder.resolve(path)));
  }

  @Test
  void aStateFolderThatMayNotBeWrittenIsNamed() throws Exception {
    refuses(PIPELINE.formatted("out.csv") + KEPT, "chmod 555 sealed", " --state sealed/state");
    assertEquals(5, exit);
    assertTrue(
        said.contains("  R109  the state cannot be written or read: permission denied (`"), said);
    assertTrue(said.contains("/sealed/state"), said);
    assertFalse(Files.exists(folder.resolve("out.csv")));
  }

  @Test
  void aFileWithASecretThatMayNotBeReadIsAnErrorOfTheDefinition() throws Exception {
    Files.writeString(folder.resolve("secret"), "open sesame\n");
    String parameter =
        "parameters:\n  key: { type: string, secret: true, default: \"${file:secret}\" }\n";
    refuses(parameter + PIPELINE.formatted("out.csv"), "chmod 000 secret", "");
    assertEquals(2, exit);
    assertStarts("pipeline.yaml:2:");
    assertTrue(said.contains("  E111  the file `secret` cannot be read: permission denied"), said);
  }

  private int exit;
  private String said = "";

  private void refuses(String pipeline, String given, String flags) throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    try (Session session = Session.underPermissions(folder)) {
      session.does(given);
      session.starts("run pipeline.yaml" + flags);
      exit = session.exit();
      said = session.toString();
      session.does("chmod -R u+rwX .");
    }
    assertFalse(said.contains("\tat "), said);
  }

  private void assertStarts(String line) {
    assertTrue(said.lines().anyMatch(each -> each.startsWith(line)), said);
  }
}
