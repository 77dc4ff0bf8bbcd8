package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a watched folder that are written into after they were read. */
final class ChangedLaterTest {
  private static final FileSourceConfig WATCH = GoingOnFiles.watch("in/*.jsonl");

  private GoingOnFiles files = new GoingOnFiles(Path.of(""));

  @BeforeEach
  void openDisk(@TempDir Path folder) throws IOException {
    files = new GoingOnFiles(folder);
    files.disk().put("in/a.jsonl", "1\n");
    files.disk().put("in/b.jsonl", "2\n");
    files.disk().modified("in/a.jsonl", 0);
    files.disk().modified("in/b.jsonl", 0);
    files.pass(Duration.ofSeconds(5));
  }

  @Test
  void eachIsWarnedOfOnceAndNotReadAgain() throws IOException {
    Reader reader = files.reader(WATCH, Position.START, Bound.NONE);
    assertEquals("1\n2\n", GoingOnFiles.read(reader));
    assertEquals(List.of(), reader.warnings());
    files.disk().add("in/b.jsonl", "3\n");

    assertEquals("", files.passing(reader, 3));
    List<Problem> found = reader.warnings();

    assertEquals(List.of(ProblemCode.W502), found.stream().map(Problem::code).toList());
    assertEquals(
        "`in/b.jsonl`, which was read when it had 2 bytes, has changed since and is not read again",
        found.get(0).message());
    files.disk().add("in/b.jsonl", "4\n");
    assertEquals("", files.passing(reader, 3));
    assertEquals(List.of(), reader.warnings());
  }

  @Test
  void theSameSizeAtAnotherTimeIsAChangeToo() throws IOException {
    Reader reader = files.reader(WATCH, Position.START, Bound.NONE);
    GoingOnFiles.read(reader);
    files.disk().put("in/a.jsonl", "9\n");
    files.disk().modified("in/a.jsonl", 1_000_000);

    assertEquals("", files.passing(reader, 2));

    assertEquals(1, reader.warnings().size());
  }

  @Test
  void aLaterReaderSaysItAtItsFirstLookUnlessItWasSaidBefore() throws IOException {
    Reader reader = files.reader(WATCH, Position.START, Bound.NONE);
    GoingOnFiles.read(reader);
    Position before = reader.position(GoingOnFiles.SPLIT);
    files.disk().add("in/a.jsonl", "3\n");

    Reader later = files.reader(WATCH, before, Bound.NONE);
    assertEquals(1, later.warnings().size());
    Position after = later.position(GoingOnFiles.SPLIT);

    assertEquals(List.of(), files.reader(WATCH, after, Bound.NONE).warnings());
  }

  @Test
  void aFileThatWentAndCameAgainIsANewOne() throws IOException {
    Reader reader = files.reader(WATCH, Position.START, Bound.NONE);
    GoingOnFiles.read(reader);
    files.disk().add("in/a.jsonl", "3\n");
    files.passing(reader, 1);
    assertEquals(1, reader.warnings().size());
    files.disk().delete(files.disk().resolve("in/a.jsonl"));
    files.passing(reader, 1);
    files.disk().put("in/a.jsonl", "5\n");

    assertEquals("5\n", files.passing(reader, 3));
    files.disk().add("in/a.jsonl", "6\n");
    files.passing(reader, 1);

    assertEquals(1, reader.warnings().size());
  }

  @Test
  void whatIsReplacedWhereFilesAreRemovedIsReadAndWhatGrewIsWarnedOf() throws IOException {
    FileSourceConfig removing =
        GoingOnFiles.config(
            "in/*.jsonl",
            true,
            false,
            Optional.empty(),
            Optional.of(new WhenDone(Optional.of(WhenDone.Fate.DELETE), Optional.empty())));
    Reader reader = files.reader(removing, Position.START, Bound.NONE);
    GoingOnFiles.read(reader);
    files.disk().put("in/a.jsonl", "7\n8\n");
    files.disk().add("in/b.jsonl", "3\n");

    assertEquals("7\n8\n", files.passing(reader, 3));

    assertEquals(
        List.of("`in/b.jsonl`"),
        reader.warnings().stream().map(w -> w.message().split(",", 2)[0]).toList());
  }
}
