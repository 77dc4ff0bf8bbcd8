package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import io.penstock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fields that come, go, change their name or their type from one file of a watched folder to the
 * next: what the schema declares decides, and every record that does not keep to it is a dead
 * letter with its step and its place.
 */
final class SchemaChangeTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir Path temporary;

  private void file(String name, String... lines) throws IOException {
    Path file = temporary.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
    Files.setLastModifiedTime(file, LONG_AGO);
  }

  private Outcome run(String format, String unknown, String mode, int rows) throws IOException {
    Files.writeString(
        temporary.resolve("pipeline.yaml"),
        """
        name: orders
        sources:
          orders:
            file: { path: in/*, watch: true, format: %s }
            schema: { id: int, name: string, note: optional string }
            unknown_fields: %s
        sinks:
          out: { file: out/orders.jsonl }
        dead_letter: { file: out/letters.jsonl, stop_above: { rate: 100%%, of_last: 1000 } }
        run: { mode: %s, checkpoint: 50ms }
        """
            .formatted(format, unknown, mode));
    Outcome outcome =
        new Terminal(temporary)
            .run("run", "pipeline.yaml", "--workers", "2", "--until", rows + " rows", "--quiet");
    assertFalse(outcome.showsInsides(), outcome::all);
    assertEquals(0, outcome.code(), outcome::all);
    return outcome;
  }

  private List<String> out() throws IOException {
    return Files.readAllLines(temporary.resolve("out/orders.jsonl"));
  }

  /** Step, stage, code, place and words of each letter. */
  private List<String> letters() throws IOException {
    return Files.readAllLines(temporary.resolve("out/letters.jsonl")).stream()
        .map(
            line -> {
              Json letter = Json.parse(line);
              Json source = letter.member("source").orElseThrow();
              return text(letter, "step")
                  + " "
                  + text(letter, "stage")
                  + " "
                  + text(letter, "code")
                  + " "
                  + text(source, "position")
                  + " "
                  + text(letter, "message");
            })
        .toList();
  }

  private static String text(Json of, String member) {
    return of.member(member).flatMap(Json::asText).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void headersOfLaterCsvFiles(String mode) throws IOException {
    file("a.csv", "id,name,note", "1,a,x");
    file("b-moved-and-added.csv", "note,extra,name,id", "y,e,b,2");
    file("c-removed.csv", "id,note", "3,z", "33,zz");
    file("d-renamed.csv", "id,label,note", "4,d,w");
    file("e-optional-removed.csv", "id,name", "5,e");
    file("f-retyped.csv", "id,name,note", "six,f,v", "6,ff,v");
    file("g.csv", "id,name,note", "7,g,u");

    run("csv", "drop", mode, 9);

    assertEquals(
        List.of(
            "{\"id\":1,\"name\":\"a\",\"note\":\"x\"}",
            "{\"id\":2,\"name\":\"b\",\"note\":\"y\"}",
            "{\"id\":5,\"name\":\"e\",\"note\":null}",
            "{\"id\":6,\"name\":\"ff\",\"note\":\"v\"}",
            "{\"id\":7,\"name\":\"g\",\"note\":\"u\"}"),
        out());
    String removed = "`name` is missing: the header of the file has `id, note`";
    assertEquals(
        List.of(
            "orders decode D103 in/c-removed.csv@8 " + removed + ", in `in/c-removed.csv` line 2",
            "orders decode D103 in/c-removed.csv@12 " + removed + ", in `in/c-removed.csv` line 3",
            "orders decode D103 in/d-renamed.csv@14 `name` is missing: the header of the file has"
                + " `id, label, note`, in `in/d-renamed.csv` line 2",
            "orders decode D104 in/f-retyped.csv@13 `id` must be a whole number of 64 bits, not"
                + " `six`, in `in/f-retyped.csv` line 2"),
        letters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void fieldsOfLaterJsonRecords(String mode) throws IOException {
    file(
        "a.jsonl",
        "{\"id\":1,\"name\":\"a\",\"note\":\"x\"}",
        "{\"extra\":true,\"note\":\"y\",\"name\":\"b\",\"id\":2}",
        "{\"id\":3,\"note\":\"z\"}");
    file(
        "b.jsonl",
        "{\"id\":4,\"label\":\"d\",\"note\":\"w\"}",
        "{\"id\":5,\"name\":\"e\"}",
        "{\"id\":\"six\",\"name\":\"f\",\"note\":\"v\"}",
        "{\"id\":7,\"name\":{\"first\":\"g\"},\"note\":\"u\"}",
        "{\"id\":8,\"name\":null,\"note\":\"t\"}",
        "{\"id\":9,\"name\":\"i\",\"note\":\"s\"}");

    run("json", "drop", mode, 9);

    assertEquals(
        List.of(
            "{\"id\":1,\"name\":\"a\",\"note\":\"x\"}",
            "{\"id\":2,\"name\":\"b\",\"note\":\"y\"}",
            "{\"id\":5,\"name\":\"e\",\"note\":null}",
            "{\"id\":9,\"name\":\"i\",\"note\":\"s\"}"),
        out());
    assertEquals(
        List.of(
            "orders decode D103 in/a.jsonl@75 `name` is missing, in `in/a.jsonl` line 3",
            "orders decode D103 in/b.jsonl@0 `name` is missing, in `in/b.jsonl` line 1",
            "orders decode D104 in/b.jsonl@52 `id` must be a whole number of 64 bits, not `\"six\"`,"
                + " in `in/b.jsonl` line 3",
            "orders decode D104 in/b.jsonl@87 `name` must be a text, not `{\"first\":\"g\"}`, in"
                + " `in/b.jsonl` line 4",
            "orders decode D104 in/b.jsonl@128 `name` must be a value of type string, not null, in"
                + " `in/b.jsonl` line 5"),
        letters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "micro_batch"})
  void whatIsNotDeclaredFailsWhereThatIsSaid(String mode) throws IOException {
    file("a.csv", "id,name,note", "1,a,x");
    file("b.csv", "id,name,remark", "2,b,y");
    file("c.csv", "id,name", "3,c");

    run("csv", "fail", mode, 3);

    assertEquals(
        List.of(
            "{\"id\":1,\"name\":\"a\",\"note\":\"x\"}", "{\"id\":3,\"name\":\"c\",\"note\":null}"),
        out());
    assertEquals(
        List.of(
            "orders decode D105 in/b.csv@15 `remark` is unknown: the header of the file has `id,"
                + " name, remark`, in `in/b.csv` line 2"),
        letters());
  }
}
