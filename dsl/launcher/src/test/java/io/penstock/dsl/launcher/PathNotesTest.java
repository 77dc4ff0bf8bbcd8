package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.system.Clock;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.dsl.language.Language;
import io.penstock.dsl.language.text.SourceText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What validate says of a pipeline that is right. */
final class PathNotesTest {
  private static final String REFRESHED =
      """
      tables:
        people:
          file: people.csv
          schema: { id: int, tier: int }
          key: id
          refresh: 1h
      """;

  private static final String SOURCES =
      """
      sources:
        ticks:
          generator: { rate: 1/s }
        some:
          generator: { count: 5 }
        typed:
          console: text
      """;

  @Test
  void saysTheGuaranteeOfEachPathWithItsWeakestLink() {
    assertEquals(
        List.of(
            "parts <- ticks, some: exactly once",
            "  { n: int }",
            "screen <- ticks: at least once, because the sink `screen` writes at once: rows since"
                + " the last checkpoint come again after a crash",
            "  { n: int }",
            "nowhere <- ticks: effectively once by key, because the sink `nowhere` writes at once:"
                + " rows since the last checkpoint are written over after a crash",
            "  { n: int }",
            "lines <- typed: at most once, because the source `typed` cannot be read again: what"
                + " was read and not yet written is lost with the process",
            "  { line: string }"),
        notes(
            SOURCES
                + """
                sinks:
                  parts: { from: [ticks, some], file: { path: out/, format: json } }
                  screen: { from: ticks, console: json }
                  nowhere: { from: ticks, discard: {} }
                  lines: { from: typed, file: lines.txt }
                """));
  }

  @Test
  void saysWhereARequestThatIsRepeatedIsWrittenTwice() {
    String repeats =
        " <- hooks: at least once, because the source `hooks` cannot be read again: whoever sends"
            + " to it sends again what was not answered";
    assertEquals(
        List.of(
            "parts" + repeats,
            "  { id: int, at: timestamp }",
            "screen"
                + repeats
                + ", and the sink `screen` has written it before: after a crash rows come again,"
                + " past a `deduplicate` too",
            "  { id: int, at: timestamp }",
            "nowhere" + repeats,
            "  { id: int, at: timestamp }",
            "late" + repeats,
            "  { id: int, at: timestamp, late_by: duration }"),
        notes(
            """
            sources:
              hooks:
                http_server: { listen: "127.0.0.1:8080", path: /hooks, format: json }
                schema: { id: int, at: timestamp }
                event_time: at
                on_error: skip
            transforms:
              once:
                deduplicate: { by: [id], within: 1d }
            sinks:
              parts: { from: once, file: { path: out/, format: json } }
              screen: { from: once, console: json }
              nowhere: { from: once, discard: {} }
              late: { from: once.late, discard: {} }
            """));
  }

  @Test
  void saysWhichStepsAskOutsideAndWhatThatMeansForWhatIsWrittenAtOnce() {
    assertEquals(
        List.of(
            "parts <- ticks: exactly once",
            "  { n: int, tier: optional int }",
            "nowhere <- ticks: at least once, because the step `person` may get other answers when"
                + " it asks again, and the sink `nowhere` writes at once",
            "  { n: int, tier: optional int }",
            "`person` asks outside: rows that are read again may get other answers"),
        notes(
            """
            sources:
              ticks:
                generator: { rate: 1/s }
            transforms:
              person:
                steps:
                  - lookup: { http: "http://localhost/people/{n}", schema: { tier: int } }
            sinks:
              parts: { file: { path: out/, format: json } }
              nowhere: { from: person, discard: {} }
            """));
  }

  @Test
  void saysWhichStepsMayFindNewerRowsOfATable() {
    assertEquals(
        List.of(
            "parts <- ticks: exactly once",
            "  { n: int, tier: optional int }",
            "nowhere <- ticks: at least once, because the step `tiers` may find newer rows of the"
                + " table `people` when it looks again, and the sink `nowhere` writes at once",
            "  { n: int, tier: optional int }",
            "`tiers` looks into the table `people`, which is refreshed: rows that are read again"
                + " may find newer ones"),
        notes(
            REFRESHED
                + """
            sources:
              ticks:
                generator: { rate: 1/s }
            transforms:
              tiers:
                steps:
                  - lookup: { table: people, on: { n: id } }
            sinks:
              parts: { file: { path: out/, format: json } }
              nowhere: { from: tiers, discard: {} }
            """));
  }

  @Test
  void saysThatARunOfOneEpochReadsATableOnce() {
    List<String> notes =
        notes(
            REFRESHED
                + """
            sources:
              ticks:
                generator: { count: 5 }
            transforms:
              tiers:
                lookup: { table: people, on: { n: id } }
            sinks:
              parts: { file: { path: out/, format: json } }
            """);

    assertEquals(
        "`tiers` looks into the table `people`, which is read once in spite of `refresh`: the run"
            + " is one epoch",
        notes.get(notes.size() - 1));
  }

  @Test
  void pathsOfOneSinkThatDifferAreToldApart() {
    assertEquals(
        List.of(
            "out <- some: exactly once",
            "out <- typed: at most once, because the source `typed` cannot be read again: what was"
                + " read and not yet written is lost with the process",
            "  { n: optional int, line: optional string }"),
        notes(
            """
            sources:
              some:
                generator: { count: 5 }
              typed:
                console: text
            sinks:
              out: { from: [some, typed], file: out.jsonl }
            run: { checkpoint: 1s }
            """));
  }

  @Test
  void aRunThatKeepsNoStateIsAllOrNothing() {
    assertEquals(
        List.of(
            "out <- some: all or nothing, when the run ends",
            "  { n: int }",
            "screen <- some: rows go out at once; a run that fails may have written some",
            "  { n: int }"),
        notes(
            """
            sources:
              some:
                generator: { count: 5 }
            sinks:
              out: { file: out.jsonl }
              screen: { console: json }
            """));
  }

  @Test
  void printsTheNextThreeTimesInTheZoneOfTheSchedule() {
    assertEquals(
        "next times: 2026-10-25T02:30:00+02:00, 2026-10-26T02:30:00+01:00,"
            + " 2026-10-27T02:30:00+01:00",
        times("{ cron: { at: \"30 2 * * *\", zone: Europe/Berlin } }"));
    assertEquals(
        "next times: 2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z, 2026-10-25T12:00:00Z",
        times("{ cron: { at: \"0 */12 * * *\" } }"));
    assertEquals(
        "next times: 2026-10-24T10:00:30Z, 2026-10-24T10:01:00Z, 2026-10-24T10:01:30Z",
        times("{ every: 30s }"));
    assertEquals(
        "next times: 2026-10-24T10:00:00.250Z, 2026-10-24T10:00:00.500Z,"
            + " 2026-10-24T10:00:00.750Z",
        times("{ every: 250ms }"));
  }

  @Test
  void whatIsAvailableNowHasNoTimes() {
    assertEquals(2, notes(scheduled("available_now")).size());
  }

  private static String times(String schedule) {
    List<String> notes = notes(scheduled(schedule));
    return notes.get(notes.size() - 1);
  }

  private static String scheduled(String schedule) {
    return """
    sources:
      some:
        generator: { count: 5 }
    sinks:
      out: { file: out.jsonl }
    run:
      schedule: %s
    """
        .formatted(schedule);
  }

  private static List<String> notes(String pipeline) {
    Language language = new Language(Checker.catalogues());
    Language.Checked checked =
        language.check(Language.Request.of(SourceText.of("pipeline.yaml", pipeline)));
    LogicalPlan plan =
        checked.plan().orElseThrow(() -> new AssertionError(checked.problems().toString()));
    return PathNotes.of(plan, new TenOClock());
  }

  /** The evening before clocks are put back. */
  private static final class TenOClock implements Clock {
    @Override
    public long micros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-10-24T10:00:00Z"));
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
