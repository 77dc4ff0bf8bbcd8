package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.Golden;
import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept state, made by real runs, as the commands show it. */
final class StateCommandsTest {
  private static final String PIPELINE =
      """
      name: ticks
      sources:
        ticks:
          generator: { count: 1000000, seed: 1, fields: { k: n % 3, v: n } }
      transforms:
        totals:
          aggregate: { by: [k], compute: { n: count(), total: sum(v), last: last(v) } }
        largest:
          from: ticks
          top: { n: 2, by: [k], order_by: [v desc] }
        kinds:
          from: ticks
          distinct: { by: [k] }
        few:
          from: ticks
          limit: 4
      sinks:
        a: { from: totals, discard: {} }
        b: { from: largest, discard: {} }
        c: { from: kinds, discard: {} }
        d: { from: few, discard: {} }
      """;

  @TempDir Path temporary;

  /** Runs so often, an epoch each. */
  private void runs(int times, String pipeline) throws IOException {
    Files.writeString(temporary.resolve("pipeline.yaml"), pipeline);
    for (int i = 0; i < times; i++) {
      Outcome outcome = go();
      assertEquals(0, outcome.code(), outcome::all);
    }
  }

  private Outcome go(String... more) {
    Stream<String> words =
        Stream.of(
            "run", "pipeline.yaml", "--mode", "micro_batch", "--state", "kept", "--workers", "1");
    Stream<String> limits = Stream.of("--until", "30 rows", "--batch-rows", "10");
    return play(
        Stream.of(words, limits, Arrays.stream(more)).flatMap(w -> w).toArray(String[]::new));
  }

  private Outcome play(String... words) {
    Outcome outcome = new Terminal(temporary).run(words);
    assertFalse(outcome.showsInsides(), outcome::all);
    return outcome;
  }

  private Path run() {
    return temporary.resolve("kept/ticks");
  }

  @Test
  void listsRunsAndTheirEpochs() throws IOException {
    runs(4, PIPELINE);

    String text = play("state", "ls", "kept").out();

    assertEquals(
        List.of("  epoch 2", "  epoch 3", "  epoch 4"),
        text.lines().skip(1).map(l -> l.substring(0, "  epoch 1".length())).toList());
    assertTrue(text.contains("pipeline ticks, run "), text);
    assertTrue(text.contains("micro_batch, stopped cleanly"), text);
    String json = play("state", "ls", "kept", "--format", "json").out();
    assertTrue(json.contains("\"ending\" : \"stopped cleanly\""), json);
    assertEquals(text, play("state", "ls", "kept/ticks").out());
  }

  @Test
  void stateSaysWhatItsWordsDoAndLooksIntoTheUsualFolder() throws IOException {
    assertTrue(play("state", "--help").out().contains("rewind "));
    assertTrue(play("state", "ls").err().contains("no such folder: `.penstock`"));
    runs(1, PIPELINE);
    Files.move(temporary.resolve("kept"), temporary.resolve(".penstock"));
    assertEquals(play("state", "ls", ".penstock").out(), play("state", "ls").out());
    assertEquals(0, play("state", "verify").code());
  }

  @Test
  void showsAllThatACheckpointHolds() throws IOException {
    runs(1, PIPELINE);

    String text = play("state", "show", "kept").out();

    for (String part :
        List.of("pipeline: ticks", "epoch: 1", "ending: stopped cleanly", "split: rows")) {
      assertTrue(text.contains(part), text);
    }
    assertTrue(text.contains("  totals:\n    finished: false\n    entries: 3\n"), text);
    assertTrue(text.contains("keeps: aggregate: key 1"), text);
    String json = play("state", "show", "kept", "1", "--format", "json").out();
    assertTrue(json.contains("\"epoch\" : 1"), json);
    assertEquals(1, play("state", "show", "kept", "7").code());
  }

  @Test
  void everyFlippedByteIsFound() throws IOException {
    runs(2, PIPELINE);
    assertEquals(0, play("state", "verify", "kept").code());

    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i++) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= 1 << i % 8;
        Files.write(file, flipped);
        Outcome outcome = play("state", "verify", "kept");
        int at = i;
        assertEquals(5, outcome.code(), () -> file + " byte " + at + "\n" + outcome.all());
        assertTrue(outcome.out().matches("(?s).*R10[2-8].*"), outcome::all);
      }
      Files.write(file, bytes);
    }
    assertEquals(0, play("state", "verify", "kept").code());
  }

  @Test
  void everyCutIsFound() throws IOException {
    runs(2, PIPELINE);

    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < bytes.length; length++) {
        Files.write(file, Arrays.copyOf(bytes, length));
        Outcome outcome = play("state", "verify", "kept");
        assertEquals(5, outcome.code(), () -> file + "\n" + outcome.all());
      }
      Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
      assertEquals(5, play("state", "verify", "kept").code());
      Files.write(file, bytes);
    }
  }

  private List<Path> files() {
    return Repository.files(run()).stream()
        .filter(f -> !f.endsWith("LOCK") && !f.endsWith("OWNER"))
        .toList();
  }

  @Test
  void tellsWhichEpochsAreWhole() throws IOException {
    runs(3, PIPELINE);
    Files.write(run().resolve("ck/c-3"), new byte[] {1, 2, 3});

    Outcome outcome = play("state", "verify", "kept");

    assertTrue(outcome.out().contains("R104  `c-3` has 3 bytes"), outcome::all);
    assertTrue(outcome.out().contains("epochs that are whole: 1, 2\n"), outcome::all);
    String json = play("state", "verify", "kept", "--format", "json").out();
    assertTrue(json.contains("\"whole\" : [ 1, 2 ]"), json);
  }

  @Test
  void findsGapsBetweenNumbers() throws IOException {
    runs(3, PIPELINE);
    Files.delete(run().resolve("ck/c-2"));

    assertTrue(
        play("state", "verify", "kept").out().contains("R105  the checkpoints go from 1 to 3"));

    Files.delete(run().resolve("ck/c-3"));
    assertTrue(
        play("state", "verify", "kept")
            .out()
            .contains("R105  there is a plan of batch 3 but the newest checkpoint is 1"));
  }

  @Test
  void bigStateLiesInFilesThatAreVerifiedToo() throws IOException {
    String wide =
        PIPELINE.replace("k: n % 3", "k: \"concat('" + "x".repeat(200) + "', to_string(n))\"");
    Files.writeString(temporary.resolve("pipeline.yaml"), wide);
    Outcome ran =
        play("run", "pipeline.yaml", "--state", "kept", "--until", "20000 rows", "--quiet");
    assertEquals(0, ran.code(), ran::all);
    List<Path> segments = Repository.files(run().resolve("state"));
    assertFalse(segments.isEmpty());
    assertEquals(0, play("state", "verify", "kept").code());

    for (Path file : segments) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i += 1 + bytes.length / 5) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= 16;
        Files.write(file, flipped);
        Outcome outcome = play("state", "verify", "kept");
        assertTrue(outcome.out().contains("  R103  "), outcome::all);
        assertTrue(outcome.out().contains("epochs that are whole: none"), outcome::all);
      }
      Files.delete(file);
      assertTrue(play("state", "verify", "kept").out().contains("is gone"));
      Files.write(file, bytes);
    }
  }

  @Test
  void goesBackToAnEpoch() throws IOException {
    runs(
        3,
        PIPELINE.replaceAll("(?m)^  [abcd]: .*\n", "")
            + "  e: { from: totals, file: { path: out/, format: json } }\n");
    byte[] before = Files.readAllBytes(run().resolve("ck/c-2"));

    Outcome outcome = play("state", "rewind", "kept", "2");

    assertEquals(0, outcome.code(), outcome::all);
    assertEquals("the next run goes on from epoch 2; gone: 3\n", outcome.out());
    assertTrue(Arrays.equals(before, Files.readAllBytes(run().resolve("ck/c-2"))));
    assertEquals(0, play("state", "verify", "kept").code());
    Outcome next = go();
    assertEquals(0, next.code(), next::all);
    assertTrue(next.err().contains("resumed from epoch 2"), next::all);
  }

  @Test
  void goesBackBehindOutputsOnlyWhenAllowed() throws IOException {
    runs(3, PIPELINE);

    Outcome refused = play("state", "rewind", "kept", "1");
    assertEquals(5, refused.code(), refused::all);
    assertTrue(
        refused.err().contains("R104  `sinks.a`, `sinks.b`, `sinks.c`, `sinks.d` have gone on"),
        refused::all);
    assertTrue(play("state", "ls", "kept").out().contains("epoch 3"));

    Outcome done = play("state", "rewind", "kept", "1", "--allow-duplicates", "--format", "json");
    assertEquals(0, done.code(), done::all);
    assertEquals(0, play("state", "verify", "kept").code());
    Outcome next = go();
    assertEquals(0, next.code(), next::all);
    assertTrue(next.err().contains("resumed from epoch 1"), next::all);
  }

  @Test
  void doesNotGoBackToWhatIsDamagedOrNotThere() throws IOException {
    runs(2, PIPELINE);
    Files.write(run().resolve("ck/c-1"), new byte[40]);

    assertEquals(5, play("state", "rewind", "kept", "1", "--allow-duplicates").code());
    assertEquals(1, play("state", "rewind", "kept", "9").code());
    assertEquals(1, play("state", "rewind", "nowhere", "1").code());
    assertEquals(1, play("state", "forget", "kept").code());
    assertEquals(1, play("state").code());
  }

  @Test
  void validatesAgainstTheState() throws IOException {
    runs(2, PIPELINE);

    Outcome same = play("validate", "pipeline.yaml", "--against-state", "kept");
    assertEquals(0, same.code(), same::all);
    assertTrue(same.out().contains("transform totals: kept"), same::all);

    Files.writeString(temporary.resolve("pipeline.yaml"), PIPELINE.replace("sum(v)", "max(v)"));
    Outcome changed = play("validate", "pipeline.yaml", "--against-state", "kept");
    assertEquals(2, changed.code(), changed::all);
    assertTrue(changed.out().contains("R106  the state of `totals` does not fit"), changed::all);
    Outcome ran = go();
    assertEquals(5, ran.code(), ran::all);
    assertTrue(ran.err().contains("R106  the state of `totals` does not fit"), ran::all);

    Outcome allowed =
        play(
            "validate",
            "pipeline.yaml",
            "--against-state",
            "kept",
            "--state-change",
            "drop=totals");
    assertEquals(0, allowed.code(), allowed::all);
    Outcome goesOn = go("--state-change", "drop=totals");
    assertEquals(0, goesOn.code(), goesOn::all);
    assertTrue(goesOn.err().contains("resumed from epoch 2"), goesOn::all);
  }

  @Test
  void rowsThatWereKeptHaveNullInFieldsThatCameLater() throws IOException {
    String fields = "{ k: n % 3, v: n }";
    String earlier =
        """
        name: ticks
        sources:
          ticks:
            generator:
              count: 1000000
              fields: { k: n % 3, v: n }
        transforms:
          first:
            top: { n: 1, by: [k], order_by: [v] }
          some:
            from: ticks
            filter: v % 100000 == 0
          all:
            sort: { by: [v] }
          few:
            limit: 2
        sinks:
          a:
            from: first
            discard: {}
          b:
            from: few
            discard: {}
        """;
    runs(1, earlier);
    String wider = "\n        k: n % 3\n        v: n\n        w: 'if(n > 100, n, null)'";
    Files.writeString(
        temporary.resolve("pipeline.yaml"),
        earlier.replace(" " + fields, wider).replace("discard: {}", "console: json"));

    Outcome outcome =
        play(
            "run",
            "pipeline.yaml",
            "--state",
            "kept",
            "--quiet",
            "--state-change",
            "new-sink=a",
            "--state-change",
            "new-sink=b");

    assertEquals(0, outcome.code(), outcome::all);
    String rows =
        """
        {"k":0,"v":0,"w":null}
        {"k":1,"v":1,"w":null}
        {"k":2,"v":2,"w":null}
        """;
    assertTrue(outcome.out().contains(rows), outcome::all);
    String sorted =
        """
        {"k":0,"v":0,"w":null}
        {"k":1,"v":100000,"w":100000}
        """;
    assertTrue(outcome.out().contains(sorted), outcome::all);
  }

  @Test
  void saysWhereNoStateIsKept() throws IOException {
    runs(1, PIPELINE);
    Files.writeString(
        temporary.resolve("pipeline.yaml"), PIPELINE.replace("name: ticks", "name: tocks"));

    Outcome outcome = play("validate", "pipeline.yaml", "--against-state", "kept");

    assertEquals(0, outcome.code(), outcome::all);
    assertTrue(outcome.out().contains("no state of `tocks` is kept there"), outcome::all);
  }

  /**
   * The folder was made by the version that brought the format; it is read by every later one, and
   * never written again. A new format gets a folder of its own beside it.
   */
  @Test
  void aFolderOfTheFirstFormatIsStillRead() throws IOException {
    Path first = Repository.resources("state/format-1");
    if (Repository.GOLDEN && Files.notExists(first)) {
      runs(3, PIPELINE);
      Files.delete(run().resolve("LOCK"));
      Files.delete(run().resolve("OWNER"));
      Repository.copy(run(), first.resolve("ticks"));
      Files.copy(temporary.resolve("pipeline.yaml"), first.resolve("pipeline.yaml"));
      return;
    }
    Repository.copy(first, temporary);
    Files.createDirectories(temporary.resolve("kept"));
    Files.move(temporary.resolve("ticks"), run());

    Outcome verified = play("state", "verify", "kept");
    assertEquals(0, verified.code(), verified::all);
    Golden.assertText("state/format-1.txt", play("state", "show", "kept").out());
    Outcome next = go();
    assertEquals(0, next.code(), next::all);
    assertTrue(next.err().contains("resumed from epoch 3"), next::all);
    assertEquals(0, play("state", "verify", "kept").code());
  }
}
