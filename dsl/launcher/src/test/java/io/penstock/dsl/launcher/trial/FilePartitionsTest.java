package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose rows are each in order, but not one file after the other. */
final class FilePartitionsTest {
  private static final String PIPELINE =
      """
      name: readings
      sources:
        readings:
          file: { path: "in/*.jsonl" }
          schema: { id: int, at: timestamp }
          event_time: { value: at }
      transforms:
        counted:
          aggregate: { window: { tumbling: 10s }, compute: { n: count() } }
        runs:
          from: readings
          aggregate: { window: { starts_with: id % 5 == 0, idle: 1m }, compute: { ids: collect(id) } }
      sinks:
        out: { from: counted, file: out/counted.jsonl }
        runs: { from: runs, file: out/runs.jsonl }
        late: { from: counted.late, file: out/late.jsonl }
      """;

  @TempDir Path folder;

  @BeforeEach
  void twoFilesOfTheSameMinute() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    write("a", 0);
    write("b", 2);
  }

  /** Rows of half a minute; each file has one that is late by its own times. */
  private void write(String name, int first) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int second = first; second < 30; second++) {
      text.append(line(second));
    }
    text.append(line(first));
    put(name, text.toString());
  }

  /** A file that was written long ago, so that it is not waited with. */
  private void put(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("in/" + name + ".jsonl"), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
  }

  private static String line(int second) {
    return "{\"id\":%d,\"at\":\"2026-01-01T00:00:%02dZ\"}%n".formatted(second, second);
  }

  private List<String> rows(String name) throws IOException {
    return Files.readAllLines(folder.resolve("out").resolve(name + ".jsonl"));
  }

  private Outcome run(String pipeline, List<String> more) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    List<String> words = new ArrayList<>(List.of("run", "pipeline.yaml"));
    words.addAll(more);
    Outcome outcome = new Terminal(folder).run(words.toArray(new String[0]));
    assertEquals(0, outcome.code(), outcome::all);
    return outcome;
  }

  private static String byFile() {
    return PIPELINE.replace("value: at", "value: at, partition_by: file");
  }

  @Test
  void rowsAreLateByTheTimesOfTheirOwnFile() throws IOException {
    for (List<String> more :
        List.of(
            List.of("--workers", "1"),
            List.of("--batch-rows", "1"),
            List.of("--batch-rows", "7", "--workers", "2"),
            List.of("--mode", "micro_batch"))) {
      Outcome outcome = run(byFile(), more);

      assertEquals(List.of(18, 20, 20), counts("counted"), outcome::all);
      assertEquals(2, rows("late").size(), outcome::all);
      assertEquals(
          List.of(
              "[0,1,2,3,4]",
              "[0]",
              "[10,11,12,13,14]",
              "[10,11,12,13,14]",
              "[15,16,17,18,19]",
              "[15,16,17,18,19]",
              "[2,3,4]",
              "[20,21,22,23,24]",
              "[20,21,22,23,24]",
              "[25,26,27,28,29,2]",
              "[25,26,27,28,29]",
              "[5,6,7,8,9]",
              "[5,6,7,8,9]"),
          runs(),
          outcome::all);
    }
  }

  private List<Integer> counts(String name) throws IOException {
    return JsonRows.read(folder.resolve("out/" + name + ".jsonl")).rows().stream()
        .map(row -> row.path("n").intValue())
        .toList();
  }

  /** What was collected, in the order of the rows' times. */
  private List<String> runs() throws IOException {
    return JsonRows.read(folder.resolve("out/runs.jsonl")).rows().stream()
        .map(row -> row.path("ids").toString())
        .map(ids -> ids.equals("[2,25,26,27,28,29]") ? "[25,26,27,28,29,2]" : ids)
        .sorted()
        .toList();
  }

  @Test
  void asOnePartitionTheSecondFileIsLate() throws IOException {
    run(PIPELINE, List.of());

    assertEquals(List.of(10, 10, 20), counts("counted"));
    assertEquals(20, rows("late").size());
  }

  @Test
  void filesThatComeToAWatchedFolderHoldTimeBackUntilTheyAreIdle() throws IOException {
    String watched =
        byFile()
                .replace("\"in/*.jsonl\" }", "\"in/*.jsonl\", watch: true, forget_after: 36500d }")
                .replace("partition_by: file", "partition_by: file, idle_after: 1ms")
            + "run: { mode: micro_batch }\n";
    run(watched, List.of());
    // Nothing came since, so the files are idle; those that come are judged by the step.
    put("c", line(45) + line(46) + line(3));
    run(watched, List.of());
    put("d", line(4) + line(47));
    Outcome outcome = run(watched, List.of());

    List<Integer> all = counts("counted");
    assertEquals(List.of(18, 20), all.subList(0, 2), outcome::all);
    assertEquals(4, rows("late").size(), outcome::all);
  }
}
