package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Source;
import io.penstock.connectors.standard.compression.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private GoingOnFiles files = new GoingOnFiles(Path.of(""));

  @BeforeEach
  void openDisk(@TempDir Path folder) {
    files = new GoingOnFiles(folder);
  }

  @Test
  void newFilesAreTakenUpOnceTheyRest() throws IOException {
    files.disk().put("in/b.jsonl", "1\n");
    Reader reader = files.reader(GoingOnFiles.watch("in/*.jsonl"), Position.START, Bound.NONE);

    assertEquals("", GoingOnFiles.read(reader));
    files.pass(GoingOnFiles.SECOND);
    assertEquals("1\n", GoingOnFiles.read(reader));
    files.disk().put("in/a.jsonl", "2\n");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("", GoingOnFiles.read(reader));
    files.disk().add("in/a.jsonl", "3\n");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("", GoingOnFiles.read(reader));
    files.pass(GoingOnFiles.SECOND);
    assertEquals("2\n3\n", GoingOnFiles.read(reader));

    Reader again =
        files.reader(
            GoingOnFiles.watch("in/*.jsonl"), reader.position(GoingOnFiles.SPLIT), Bound.NONE);
    files.disk().put("in/c.jsonl", "4\n");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("", GoingOnFiles.read(again));
    files.pass(GoingOnFiles.SECOND);
    assertEquals("4\n", GoingOnFiles.read(again));
  }

  @Test
  void oldFilesAreTakenUpAtOnceUpToTheBound() throws IOException {
    files.disk().put("in/b.jsonl", "1\n");
    files.disk().put("in/c.jsonl", "2\n");
    files.disk().modified("in/b.jsonl", 0);
    files.disk().modified("in/c.jsonl", 0);
    files.pass(Duration.ofSeconds(5));
    FileSourceConfig config = GoingOnFiles.watch("in/*.jsonl");
    Source source = files.open(config);
    Bound end = source.end(GoingOnFiles.SPLIT);
    Reader reader = files.reader(config, Position.START, end);
    files.disk().put("in/d.jsonl", "3\n");
    files.disk().modified("in/d.jsonl", 0);

    assertEquals(new Bound(4), end);
    assertEquals("1\n2\n", GoingOnFiles.read(reader));
    assertEquals(Reader.Step.ENDED, GoingOnFiles.next(reader, new GoingOnFiles.Lines()));
    source.decided(1, Map.of(GoingOnFiles.SPLIT, reader.position(GoingOnFiles.SPLIT)));
    assertEquals(new Bound(6), source.end(GoingOnFiles.SPLIT));
  }

  @Test
  void beginsWhereItIsTold() throws IOException {
    files.disk().put("in/a.jsonl", "1\n");
    files.disk().put("in/b.jsonl", "2\n");
    files.disk().modified("in/a.jsonl", 1_000_000);
    files.disk().modified("in/b.jsonl", 2_000_000);
    files.pass(Duration.ofSeconds(9));
    String[] starts = {"earliest", "latest", "1970-01-01T00:00:02Z", "1970-01-01"};
    List<String> seen = new ArrayList<>();
    for (String start : starts) {
      seen.add(
          GoingOnFiles.read(
              files.reader(GoingOnFiles.watch("in/*.jsonl", start), Position.START, Bound.NONE)));
    }

    assertEquals(List.of("1\n2\n", "", "2\n", "1\n2\n"), seen);
  }

  @Test
  void doneFilesGoAfterTheDecisionOnly() throws IOException {
    files.disk().put("in/a.jsonl", "1\n");
    files.disk().put("in/b.jsonl", "2\n");
    files.disk().put("done/a.jsonl", "other\n");
    files.disk().modified("in/a.jsonl", 0);
    files.disk().modified("in/b.jsonl", 0);
    files.pass(Duration.ofSeconds(5));
    FileSourceConfig config =
        GoingOnFiles.config(
            "in/*.jsonl",
            true,
            false,
            Optional.empty(),
            Optional.of(new WhenDone(Optional.empty(), Optional.of("done"))));
    Source source = files.open(config);
    Reader reader = files.reader(config, Position.START, Bound.NONE);
    GoingOnFiles.next(reader, new GoingOnFiles.Lines());
    Position first = reader.position(GoingOnFiles.SPLIT);
    assertEquals("2\n", GoingOnFiles.read(reader));

    assertEquals(List.of("done/a.jsonl", "in/a.jsonl", "in/b.jsonl"), files.disk().all());
    source.decided(1, Map.of(GoingOnFiles.SPLIT, first));
    assertEquals(List.of("done/a.jsonl", "done/a.jsonl.2", "in/b.jsonl"), files.disk().all());
    source.decided(2, Map.of(GoingOnFiles.SPLIT, reader.position(GoingOnFiles.SPLIT)));
    source.decided(3, Map.of(GoingOnFiles.SPLIT, reader.position(GoingOnFiles.SPLIT)));
    assertEquals(List.of("done/a.jsonl", "done/a.jsonl.2", "done/b.jsonl"), files.disk().all());

    files.disk().put("in/a.jsonl", "3\n");
    files.pass(GoingOnFiles.SECOND);
    GoingOnFiles.read(reader);
    files.pass(GoingOnFiles.SECOND);
    assertEquals("3\n", GoingOnFiles.read(reader));
  }

  @Test
  void refusesToMoveFilesToWhereTheyAreLookedFor() throws IOException {
    files.disk().put("in/a.jsonl", "1\n");
    FileSourceConfig config =
        GoingOnFiles.config(
            "in/**/*.jsonl",
            true,
            false,
            Optional.empty(),
            Optional.of(new WhenDone(Optional.empty(), Optional.of("in/done"))));

    PipelineException refused = assertThrows(PipelineException.class, () -> files.open(config));

    assertEquals(
        "`in/done` lies where files are looked for, so `in/a.jsonl` would be read again once it is"
            + " moved there",
        refused.problem().message());
  }

  @Test
  void forgetsOldFilesButNotThatTheyWereRead() throws IOException {
    files.disk().put("in/a.jsonl", "1\n");
    files.disk().modified("in/a.jsonl", 1_000_000);
    files.pass(Duration.ofSeconds(5));
    Reader reader = files.reader(GoingOnFiles.watch("in/*.jsonl"), Position.START, Bound.NONE);
    assertEquals("1\n", GoingOnFiles.read(reader));
    files.pass(Duration.ofDays(31));
    GoingOnFiles.read(reader);
    Position position = reader.position(GoingOnFiles.SPLIT);

    assertFalse(position.evidence().containsKey("done.in/a.jsonl"), position.toString());
    assertEquals(
        "",
        GoingOnFiles.read(files.reader(GoingOnFiles.watch("in/*.jsonl"), position, Bound.NONE)));
  }

  @Test
  void saysWhatDoesNotGoTogether() {
    List<String> said = new ArrayList<>();
    new FileSourceConfig(
            new OneOrMany<>(List.of("a.log.gz")),
            List.of(),
            Optional.empty(),
            Optional.<Compression>empty(),
            FileSourceConfig.Charset.WINDOWS_1252,
            DataSize.mebibytes(1),
            Optional.empty(),
            true,
            true,
            Optional.of("soon"),
            Optional.of(new WhenDone(Optional.of(WhenDone.Fate.DELETE), Optional.empty())),
            Optional.empty())
        .check((code, option, message, hint) -> said.add(code + " " + option + " " + message));
    GoingOnFiles.config("a.log", false, false, Optional.of("latest"), Optional.empty())
        .check((code, option, message, hint) -> said.add(code + " " + option + " " + message));

    assertEquals(
        List.of(
            "E110 follow `watch` and `follow` exclude each other: a followed pattern takes new"
                + " files too",
            "E104 start `start` must be `earliest`, `latest` or a time such as"
                + " 2026-01-31T08:00:00Z, not `soon`",
            "E110 follow `follow` reads files as they grow, which compressed ones do not",
            "E110 charset `follow` reads `utf-8`, not `windows-1252`",
            "E110 when_done a file that is followed is never done",
            "E110 start `start` is for sources that go on"),
        said);
  }
}
