package io.penstock.connectors.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far a stream is read, and what servers that count say of what is gone. */
final class StreamPartTest {
  private static final Failure FAILURE =
      new Failure(
          "orders",
          new Way("h:1", 0, Optional.empty(), Optional.empty(), Duration.ofSeconds(1)),
          ProblemCode.R210);

  /** A look at a stream of the entries 1-first to 1-last, of which those behind an id are found. */
  private static Asked.Look look(int first, int last, int behind, int most, long added) {
    List<Asked.Entry> entries = new ArrayList<>();
    for (int i = Math.max(first, behind + 1); i <= last && entries.size() < most; i++) {
      entries.add(new Asked.Entry("1-" + i, List.of()));
    }
    Optional<String> begins = first > last ? Optional.empty() : Optional.of("1-" + first);
    return new Asked.Look(
        Optional.of(new Asked.Stream(last - first + 1, "1-" + last, begins, Optional.of(added))),
        entries);
  }

  private static StreamPart read(int upTo) {
    StreamPart part = new StreamPart("s", Position.START, Long.MAX_VALUE, FAILURE);
    part.take(look(1, 10, 0, upTo, 10), upTo);
    while (!part.waiting().isEmpty()) {
      part.gave(part.waiting().remove());
    }
    return new StreamPart("s", part.position(), Long.MAX_VALUE, FAILURE);
  }

  @Test
  void entriesThatWereReadMayGo() {
    read(4).take(look(5, 10, 4, 100, 10), 100);
    read(10).take(look(11, 10, 10, 100, 10), 100);
    read(10).take(look(11, 12, 10, 100, 12), 100);
  }

  @Test
  void entriesThatWereNotReadMustNotGo() {
    PipelineException gone =
        assertThrows(PipelineException.class, () -> read(4).take(look(7, 10, 4, 100, 10), 100));
    assertEquals(ProblemCode.R202, gone.problem().code());
    assertEquals(
        "`s` begins with the entry 1-7, and reading goes on behind 1-4: 2 entries are gone",
        gone.problem().message());
    PipelineException anew =
        assertThrows(PipelineException.class, () -> read(4).take(look(1, 2, 4, 100, 2), 100));
    assertTrue(anew.problem().message().contains("it was made anew"));
  }

  @Test
  void aBoundEndsReading() {
    long end = EntryId.number("1-3").orElseThrow() + 1;
    StreamPart part = new StreamPart("s", Position.START, end, FAILURE);

    part.take(look(1, 10, 0, 100, 10), 100);

    assertEquals(3, part.waiting().size());
    assertFalse(part.ended());
    while (!part.waiting().isEmpty()) {
      part.gave(part.waiting().remove());
    }
    assertTrue(part.ended());
    assertEquals(end, part.position().offset());
    assertTrue(new StreamPart("s", part.position(), end, FAILURE).ended());
  }

  @Test
  void idsAreNumbersInTheirOrder() {
    long number = EntryId.number("1700000000000-5").orElseThrow();

    assertEquals("1700000000000-5", EntryId.text(number));
    assertEquals("1700000000000-4", EntryId.before(number));
    assertEquals("0-0", EntryId.before(0));
    assertEquals(1_700_000_000_000L, EntryId.millis(number));
    assertTrue(EntryId.number("1700000000001-0").orElseThrow() > number);
    assertEquals(Optional.empty(), EntryId.number("1-9999999"));
    assertEquals(Optional.empty(), EntryId.number("18446744073709551615-1"));
  }
}
