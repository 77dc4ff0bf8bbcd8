package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Source;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
  private GoingOnFiles files = new GoingOnFiles(Path.of(""));

  @BeforeEach
  void openDisk(@TempDir Path folder) {
    files = new GoingOnFiles(folder);
  }

  @Test
  void aLineIsReadOnceItIsWhole() throws IOException {
    files.disk().put("app.log", "1\n2");
    Reader reader = files.reader(GoingOnFiles.follow("app.log"), Position.START, Bound.NONE);

    assertEquals("1\n", GoingOnFiles.read(reader));
    files.disk().add("app.log", "2");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("", GoingOnFiles.read(reader));
    files.disk().add("app.log", "\n3\n4");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("22\n3\n", GoingOnFiles.read(reader));
    assertEquals(7, reader.position(GoingOnFiles.SPLIT).offset());
  }

  @Test
  void aRenamedLogIsReadToItsEndFirst() throws IOException {
    files.disk().put("app.log", "1\n");
    Reader reader = files.reader(GoingOnFiles.follow("app.log"), Position.START, Bound.NONE);
    assertEquals("1\n", GoingOnFiles.read(reader));
    files.disk().add("app.log", "2\n");
    files.rotate("app.log", "app.log.1");
    files.disk().put("app.log", "5\n");
    files.disk().add("app.log.1", "3\n4");
    files.pass(GoingOnFiles.SECOND);

    assertEquals("2\n3\n", GoingOnFiles.read(reader));
    assertEquals("45\n", files.passing(reader, 3));
  }

  @Test
  void aLogThatWasRotatedMeanwhileIsReadOn() throws IOException {
    files.disk().put("app.log", "1\n2\n");
    Reader reader = files.reader(GoingOnFiles.follow("app.log"), Position.START, Bound.NONE);
    GoingOnFiles.Lines one = new GoingOnFiles.Lines();
    reader.next(one, new Reader.Limits(1, 2), Duration.ZERO);
    Position first = reader.position(GoingOnFiles.SPLIT);
    files.disk().add("app.log", "3\n");
    files.disk().modified("app.log", 1_000_000);
    files.rotate("app.log", "app.log.1");
    files.disk().put("app.log", "4\n");
    files.disk().modified("app.log", 2_000_000);
    files.rotate("app.log.1", "app.log.2");
    files.rotate("app.log", "app.log.1");
    files.disk().put("app.log", "5\n");
    files.disk().put("app.log.conf", "no\n");

    String rest = files.passing(files.reader(GoingOnFiles.follow("app.log"), first, Bound.NONE), 4);

    assertEquals("1\n2\n3\n4\n5\n", one.text() + rest);
  }

  @Test
  void aLogThatIsRotatedAgainAndAgainIsReadInOrder() throws IOException {
    files.disk().put("app.log", "0\n");
    Reader reader = files.reader(GoingOnFiles.follow("app.log"), Position.START, Bound.NONE);
    StringBuilder all = new StringBuilder(GoingOnFiles.read(reader));
    StringBuilder expected = new StringBuilder("0\n");
    for (int day = 1; day <= 9; day++) {
      files.disk().modified("app.log", day * 1_000_000L);
      files.rotate("app.log", "app.log.2026-01-0" + day);
      files.disk().put("app.log", day + "\n");
      expected.append(day).append('\n');
      files.pass(GoingOnFiles.SECOND);
      all.append(GoingOnFiles.read(reader));
    }
    all.append(files.passing(reader, 12));

    assertEquals(expected.toString(), all.toString());
  }

  @Test
  void aLogThatWasCutBeginsAnewBehindItsCopy() throws IOException {
    files.disk().put("app.log", "1\n");
    Reader reader = files.reader(GoingOnFiles.follow("app.log"), Position.START, Bound.NONE);
    assertEquals("1\n", GoingOnFiles.read(reader));
    files.disk().put("app.log.1", "1\n2\n");
    files.disk().put("app.log", "");
    files.disk().add("app.log", "3\n4\n5\n");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("2\n3\n4\n5\n", files.passing(reader, 3));

    Position end = reader.position(GoingOnFiles.SPLIT);
    files.disk().put("app.log.1", "3\n4\n5\n6\n");
    files.disk().put("app.log", "7\n");
    assertEquals(
        "6\n7\n", files.passing(files.reader(GoingOnFiles.follow("app.log"), end, Bound.NONE), 3));
  }

  @Test
  void aLogThatIsLostStops() throws IOException {
    files.disk().put("app.log", "1\n2\n");
    Reader reader = files.reader(GoingOnFiles.follow("app.log"), Position.START, Bound.NONE);
    GoingOnFiles.read(reader);
    Position end = reader.position(GoingOnFiles.SPLIT);

    files.disk().put("app.log", "x\n");
    assertEquals(
        "R201 `app.log`, in which reading stopped at byte 4, has 2 bytes, and nothing beside it"
            + " goes on there",
        stopped(end));
    files.disk().put("app.log", "3\n4\n5\n");
    assertEquals(
        "R201 `app.log`, in which reading stopped at byte 4, is another file now, and nothing"
            + " beside it goes on there",
        stopped(end));
    files.disk().delete(files.disk().resolve("app.log"));
    assertEquals(
        "R201 `app.log`, in which reading stopped at byte 4, is gone, and nothing beside it goes"
            + " on there",
        stopped(end));
  }

  @Test
  void manyLogsAreFollowedFromEveryPosition() throws IOException {
    files.disk().put("a.log", "1\n2\n");
    files.disk().put("b.log", "3\n");
    FileSourceConfig config = GoingOnFiles.follow("*.log");
    Reader reader = files.reader(config, Position.START, Bound.NONE);
    GoingOnFiles.Lines all = new GoingOnFiles.Lines();
    List<Position> positions = new ArrayList<>();
    List<String> before = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      positions.add(reader.position(GoingOnFiles.SPLIT));
      before.add(all.text());
      reader.next(all, new Reader.Limits(1, 2), Duration.ZERO);
      if (i == 3) {
        files.disk().put("c.log", "4\n");
        files.pass(GoingOnFiles.SECOND);
      }
    }
    assertEquals(8, all.text().length());
    for (int i = 0; i < positions.size(); i++) {
      String rest = files.passing(files.reader(config, positions.get(i), Bound.NONE), 2);
      assertEquals(GoingOnFiles.sorted(all.text()), GoingOnFiles.sorted(before.get(i) + rest));
    }
  }

  @Test
  void aBoundEndsWhatIsFollowed() throws IOException {
    files.disk().put("a.log", "1\n2\n3");
    FileSourceConfig config = GoingOnFiles.follow("a.log");
    Source source = files.open(config);
    Bound end = source.end(GoingOnFiles.SPLIT);
    Reader reader = files.reader(config, Position.START, end);

    assertEquals(new Bound(5), end);
    assertEquals("1\n2\n", GoingOnFiles.read(reader));
    assertEquals(Reader.Step.ENDED, GoingOnFiles.next(reader, new GoingOnFiles.Lines()));
  }

  @Test
  void beginsBehindTheLastWholeLine() throws IOException {
    files.disk().put("a.log", "1\n2\n3");
    FileSourceConfig config =
        GoingOnFiles.config("a.log", false, true, Optional.of("latest"), Optional.empty());
    Reader reader = files.reader(config, Position.START, Bound.NONE);

    assertEquals("", GoingOnFiles.read(reader));
    files.disk().add("a.log", "4\n");
    files.pass(GoingOnFiles.SECOND);
    assertEquals("34\n", GoingOnFiles.read(reader));
  }

  @Test
  void doesNotFollowWhatDoesNotEndWithLines() {
    List<String> said = new ArrayList<>();
    FileSourceConfig array =
        GoingOnFiles.config(
            "a.json", new JsonConfig(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE));
    array.check((code, option, message, hint) -> said.add(code + " " + option + " " + message));

    assertEquals(
        List.of(
            "E110 format `follow` reads records that end with their line, which those of this"
                + " format do not"),
        said);
  }

  private String stopped(Position from) {
    PipelineException thrown =
        assertThrows(
            PipelineException.class,
            () -> files.reader(GoingOnFiles.follow("app.log"), from, Bound.NONE));
    return thrown.problem().code() + " " + thrown.problem().message();
  }
}
