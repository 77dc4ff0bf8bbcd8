package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.format.Block;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoingOnTest {
  private static final Split SPLIT = new Split("files");
  private static final FormatConfig LINES =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private FolderDisk disk = new FolderDisk(Path.of(""));

  @BeforeEach
  void openDisk(@TempDir Path folder) {
    disk = new FolderDisk(folder);
  }

  @Test
  void newFilesAreTakenUpOnceTheyRest() throws IOException {
    disk.put("in/b.jsonl", "1\n");
    Reader reader = reader(watch("in/*.jsonl"), Position.START, Bound.NONE);

    assertEquals("", read(reader));
    pass(SECOND);
    assertEquals("1\n", read(reader));
    disk.put("in/a.jsonl", "2\n");
    pass(SECOND);
    assertEquals("", read(reader));
    disk.add("in/a.jsonl", "3\n");
    pass(SECOND);
    assertEquals("", read(reader));
    pass(SECOND);
    assertEquals("2\n3\n", read(reader));

    Reader again = reader(watch("in/*.jsonl"), reader.position(SPLIT), Bound.NONE);
    disk.put("in/c.jsonl", "4\n");
    pass(SECOND);
    assertEquals("", read(again));
    pass(SECOND);
    assertEquals("4\n", read(again));
  }

  @Test
  void oldFilesAreTakenUpAtOnceUpToTheBound() throws IOException {
    disk.put("in/b.jsonl", "1\n");
    disk.put("in/c.jsonl", "2\n");
    disk.modified("in/b.jsonl", 0);
    disk.modified("in/c.jsonl", 0);
    pass(Duration.ofSeconds(5));
    FileSourceConfig config = watch("in/*.jsonl");
    Source source = open(config);
    Bound end = source.end(SPLIT);
    Reader reader = reader(config, Position.START, end);
    disk.put("in/d.jsonl", "3\n");
    disk.modified("in/d.jsonl", 0);

    assertEquals(new Bound(4), end);
    assertEquals("1\n2\n", read(reader));
    assertEquals(Reader.Step.ENDED, next(reader, new Lines()));
    source.decided(1, Map.of(SPLIT, reader.position(SPLIT)));
    assertEquals(new Bound(6), source.end(SPLIT));
  }

  @Test
  void beginsWhereItIsTold() throws IOException {
    disk.put("in/a.jsonl", "1\n");
    disk.put("in/b.jsonl", "2\n");
    disk.modified("in/a.jsonl", 1_000_000);
    disk.modified("in/b.jsonl", 2_000_000);
    pass(Duration.ofSeconds(9));
    String[] starts = {"earliest", "latest", "1970-01-01T00:00:02Z", "1970-01-01"};
    List<String> seen = new ArrayList<>();
    for (String start : starts) {
      seen.add(read(reader(watch("in/*.jsonl", start), Position.START, Bound.NONE)));
    }

    assertEquals(List.of("1\n2\n", "", "2\n", "1\n2\n"), seen);
  }

  @Test
  void doneFilesGoAfterTheDecisionOnly() throws IOException {
    disk.put("in/a.jsonl", "1\n");
    disk.put("in/b.jsonl", "2\n");
    disk.put("done/a.jsonl", "other\n");
    disk.modified("in/a.jsonl", 0);
    disk.modified("in/b.jsonl", 0);
    pass(Duration.ofSeconds(5));
    FileSourceConfig config =
        config(
            "in/*.jsonl",
            true,
            false,
            Optional.empty(),
            Optional.of(new WhenDone(Optional.empty(), Optional.of("done"))));
    Source source = open(config);
    Reader reader = reader(config, Position.START, Bound.NONE);
    next(reader, new Lines());
    Position first = reader.position(SPLIT);
    assertEquals("2\n", read(reader));

    assertEquals(List.of("done/a.jsonl", "in/a.jsonl", "in/b.jsonl"), disk.all());
    source.decided(1, Map.of(SPLIT, first));
    assertEquals(List.of("done/a.jsonl", "done/a.jsonl.2", "in/b.jsonl"), disk.all());
    source.decided(2, Map.of(SPLIT, reader.position(SPLIT)));
    source.decided(3, Map.of(SPLIT, reader.position(SPLIT)));
    assertEquals(List.of("done/a.jsonl", "done/a.jsonl.2", "done/b.jsonl"), disk.all());

    disk.put("in/a.jsonl", "3\n");
    pass(SECOND);
    read(reader);
    pass(SECOND);
    assertEquals("3\n", read(reader));
  }

  @Test
  void refusesToMoveFilesToWhereTheyAreLookedFor() throws IOException {
    disk.put("in/a.jsonl", "1\n");
    FileSourceConfig config =
        config(
            "in/**/*.jsonl",
            true,
            false,
            Optional.empty(),
            Optional.of(new WhenDone(Optional.empty(), Optional.of("in/done"))));

    PipelineException refused = assertThrows(PipelineException.class, () -> open(config));

    assertEquals(
        "`in/done` lies where files are looked for, so `in/a.jsonl` would be read again once it is"
            + " moved there",
        refused.problem().message());
  }

  @Test
  void forgetsOldFilesButNotThatTheyWereRead() throws IOException {
    disk.put("in/a.jsonl", "1\n");
    disk.modified("in/a.jsonl", 1_000_000);
    pass(Duration.ofSeconds(5));
    Reader reader = reader(watch("in/*.jsonl"), Position.START, Bound.NONE);
    assertEquals("1\n", read(reader));
    pass(Duration.ofDays(31));
    read(reader);
    Position position = reader.position(SPLIT);

    assertFalse(position.evidence().containsKey("done.in/a.jsonl"), position.toString());
    assertEquals("", read(reader(watch("in/*.jsonl"), position, Bound.NONE)));
  }

  @Test
  void aLineIsReadOnceItIsWhole() throws IOException {
    disk.put("app.log", "1\n2");
    Reader reader = reader(follow("app.log"), Position.START, Bound.NONE);

    assertEquals("1\n", read(reader));
    disk.add("app.log", "2");
    pass(SECOND);
    assertEquals("", read(reader));
    disk.add("app.log", "\n3\n4");
    pass(SECOND);
    assertEquals("22\n3\n", read(reader));
    assertEquals(7, reader.position(SPLIT).offset());
  }

  @Test
  void aRenamedLogIsReadToItsEndFirst() throws IOException {
    disk.put("app.log", "1\n");
    Reader reader = reader(follow("app.log"), Position.START, Bound.NONE);
    assertEquals("1\n", read(reader));
    disk.add("app.log", "2\n");
    rotate("app.log", "app.log.1");
    disk.put("app.log", "5\n");
    disk.add("app.log.1", "3\n4");
    pass(SECOND);

    assertEquals("2\n3\n", read(reader));
    assertEquals("45\n", passing(reader, 3));
  }

  @Test
  void aLogThatWasRotatedMeanwhileIsReadOn() throws IOException {
    disk.put("app.log", "1\n2\n");
    Reader reader = reader(follow("app.log"), Position.START, Bound.NONE);
    Lines one = new Lines();
    reader.next(one, new Reader.Limits(1, 2), Duration.ZERO);
    Position first = reader.position(SPLIT);
    disk.add("app.log", "3\n");
    disk.modified("app.log", 1_000_000);
    rotate("app.log", "app.log.1");
    disk.put("app.log", "4\n");
    disk.modified("app.log", 2_000_000);
    rotate("app.log.1", "app.log.2");
    rotate("app.log", "app.log.1");
    disk.put("app.log", "5\n");
    disk.put("app.log.conf", "no\n");

    String rest = passing(reader(follow("app.log"), first, Bound.NONE), 4);

    assertEquals("1\n2\n3\n4\n5\n", one.text + rest);
  }

  @Test
  void aLogThatWasCutBeginsAnewBehindItsCopy() throws IOException {
    disk.put("app.log", "1\n");
    Reader reader = reader(follow("app.log"), Position.START, Bound.NONE);
    assertEquals("1\n", read(reader));
    disk.put("app.log.1", "1\n2\n");
    disk.put("app.log", "");
    disk.add("app.log", "3\n4\n5\n");
    pass(SECOND);
    assertEquals("2\n3\n4\n5\n", passing(reader, 3));

    Position end = reader.position(SPLIT);
    disk.put("app.log.1", "3\n4\n5\n6\n");
    disk.put("app.log", "7\n");
    assertEquals("6\n7\n", passing(reader(follow("app.log"), end, Bound.NONE), 3));
  }

  @Test
  void aLogThatIsLostStops() throws IOException {
    disk.put("app.log", "1\n2\n");
    Reader reader = reader(follow("app.log"), Position.START, Bound.NONE);
    read(reader);
    Position end = reader.position(SPLIT);

    disk.put("app.log", "x\n");
    assertEquals(
        "R201 `app.log`, in which reading stopped at byte 4, has 2 bytes, and nothing beside it"
            + " goes on there",
        stopped(end));
    disk.put("app.log", "3\n4\n5\n");
    assertEquals(
        "R201 `app.log`, in which reading stopped at byte 4, is another file now, and nothing"
            + " beside it goes on there",
        stopped(end));
    disk.delete(disk.resolve("app.log"));
    assertEquals(
        "R201 `app.log`, in which reading stopped at byte 4, is gone, and nothing beside it goes"
            + " on there",
        stopped(end));
  }

  private String stopped(Position from) {
    PipelineException thrown =
        assertThrows(PipelineException.class, () -> reader(follow("app.log"), from, Bound.NONE));
    return thrown.problem().code() + " " + thrown.problem().message();
  }

  @Test
  void manyLogsAreFollowedFromEveryPosition() throws IOException {
    disk.put("a.log", "1\n2\n");
    disk.put("b.log", "3\n");
    FileSourceConfig config = follow("*.log");
    Reader reader = reader(config, Position.START, Bound.NONE);
    Lines all = new Lines();
    List<Position> positions = new ArrayList<>();
    List<String> before = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      positions.add(reader.position(SPLIT));
      before.add(all.text);
      reader.next(all, new Reader.Limits(1, 2), Duration.ZERO);
      if (i == 3) {
        disk.put("c.log", "4\n");
        pass(SECOND);
      }
    }
    assertEquals(8, all.text.length());
    for (int i = 0; i < positions.size(); i++) {
      String rest = passing(reader(config, positions.get(i), Bound.NONE), 2);
      assertEquals(sorted(all.text), sorted(before.get(i) + rest));
    }
  }

  @Test
  void aBoundEndsWhatIsFollowed() throws IOException {
    disk.put("a.log", "1\n2\n3");
    FileSourceConfig config = follow("a.log");
    Source source = open(config);
    Bound end = source.end(SPLIT);
    Reader reader = reader(config, Position.START, end);

    assertEquals(new Bound(5), end);
    assertEquals("1\n2\n", read(reader));
    assertEquals(Reader.Step.ENDED, next(reader, new Lines()));
  }

  @Test
  void beginsBehindTheLastWholeLine() throws IOException {
    disk.put("a.log", "1\n2\n3");
    FileSourceConfig config = config("a.log", false, true, Optional.of("latest"), Optional.empty());
    Reader reader = reader(config, Position.START, Bound.NONE);

    assertEquals("", read(reader));
    disk.add("a.log", "4\n");
    pass(SECOND);
    assertEquals("34\n", read(reader));
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
    config("a.log", false, false, Optional.of("latest"), Optional.empty())
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

  private static String sorted(String lines) {
    return lines.lines().sorted().toList().toString();
  }

  private void rotate(String from, String to) throws IOException {
    disk.rename(disk.resolve(from), disk.resolve(to));
  }

  private void pass(Duration time) {
    disk.advance(time.toNanos());
  }

  /** Everything that comes within so many looks. */
  private String passing(Reader reader, int looks) throws IOException {
    StringBuilder text = new StringBuilder(read(reader));
    for (int i = 0; i < looks; i++) {
      pass(SECOND);
      text.append(read(reader));
    }
    return text.toString();
  }

  private static String read(Reader reader) throws IOException {
    Lines lines = new Lines();
    while (next(reader, lines) == Reader.Step.MORE) {
      // Everything that is there now.
    }
    return lines.text;
  }

  private static Reader.Step next(Reader reader, Out out) throws IOException {
    return reader.next(out, new Reader.Limits(100, 100), Duration.ZERO);
  }

  private static FileSourceConfig watch(String path, String... start) {
    return config(
        path,
        true,
        false,
        Optional.of(start).filter(s -> s.length > 0).map(s -> s[0]),
        Optional.empty());
  }

  private static FileSourceConfig follow(String path) {
    return config(path, false, true, Optional.empty(), Optional.empty());
  }

  private static FileSourceConfig config(
      String path,
      boolean watch,
      boolean follow,
      Optional<String> start,
      Optional<WhenDone> whenDone) {
    return new FileSourceConfig(
        new OneOrMany<>(List.of(path)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        FileSourceConfig.Charset.UTF_8,
        DataSize.mebibytes(1),
        Optional.empty(),
        watch,
        follow,
        start,
        whenDone,
        Optional.empty());
  }

  private Source open(FileSourceConfig config) throws IOException {
    Source source = config.source();
    source.open(new SourceContext("logs", disk, disk, disk, 0, Set.of()));
    return source;
  }

  private Reader reader(FileSourceConfig config, Position from, Bound to) throws IOException {
    Reader reader =
        open(config).reader(new ReaderContext(disk, () -> LINES.format().splitter(1000), 1000));
    reader.assign(SPLIT, from, to);
    return reader;
  }

  /** Takes the bytes. */
  private static final class Lines implements Out {
    private String text = "";

    @Override
    public void block(Block block) {
      text +=
          new String(
              block.bytes(), block.from(), block.to() - block.from(), StandardCharsets.UTF_8);
    }

    @Override
    public void rows(io.penstock.api.data.Batch rows) {
      throw new AssertionError("rows of a file");
    }

    @Override
    public void bad(
        Split split,
        long position,
        long line,
        byte[] raw,
        long rawBytes,
        ProblemCode code,
        String message) {
      throw new AssertionError(message);
    }
  }
}
