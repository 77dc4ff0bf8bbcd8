package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows written as lines of text by a template. */
final class LinesTest {
  private static final String SOURCE =
      """
      sources:
        requests:
          file: requests.jsonl
          schema: { host: string, status: int, seconds: int, note: optional string }
      """;

  @TempDir Path folder;

  @BeforeEach
  void requests() throws IOException {
    Files.writeString(
        folder.resolve("requests.jsonl"),
        """
        {"host":"a","status":200,"seconds":4,"note":"fine"}
        {"host":"b","status":500,"seconds":0}
        {"host":"a","status":404,"seconds":2,"note":"é"}
        """);
  }

  @Test
  void writesATemplateToFilesByAnotherTemplate() throws IOException {
    Outcome outcome =
        run(
            SOURCE
                + """
                sinks:
                  out:
                    file: { path: "out/{host}.log", format: { text: { line: "{status}|{note}|{{}}" } } }
                """);

    assertEquals(0, outcome.code(), outcome.all());
    assertEquals("200|fine|{}\n404|é|{}\n", Files.readString(folder.resolve("out/a.log")));
    assertEquals("500||{}\n", Files.readString(folder.resolve("out/b.log")));
  }

  @Test
  void printsRowsWithoutASchemaByATemplate() throws IOException {
    Outcome outcome =
        run(
            """
            sources:
              requests:
                file: requests.jsonl
            sinks:
              out:
                console: { format: { text: { line: "{host} {to_int(status) + 1}" } } }
              fixed:
                console: { format: { text: { line: "seen" } } }
            """);

    assertEquals(0, outcome.code(), outcome.all());
    assertEquals(
        "a 201\na 405\nb 501\nseen\nseen\nseen\n",
        outcome.out().lines().sorted().map(line -> line + "\n").reduce("", String::concat));
  }

  @Test
  void rowsWhoseLineCannotBeComputedLeaveAsTheyCameIn() throws IOException {
    Outcome outcome =
        run(
            SOURCE
                + """
                sinks:
                  out:
                    file: { path: out/all.log, format: { text: { line: "{host} {status % seconds}" } } }
                  failed:
                    from: sinks.out.failed
                    file: out/failed.jsonl
                """);

    String failed = Files.readString(folder.resolve("out/failed.jsonl"));
    assertEquals(0, outcome.code(), outcome.all());
    assertEquals("a 0\na 0\n", Files.readString(folder.resolve("out/all.log")));
    assertEquals(1, failed.lines().count(), failed);
    assertEquals(0, failed.indexOf("{\"host\":\"b\",\"status\":500,\"seconds\":0"), failed);
    assertFalse(failed.contains("\"line\":"), failed);
  }

  private Outcome run(String pipeline) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    return new Terminal(folder).run("run", "pipeline.yaml", "--quiet");
  }
}
