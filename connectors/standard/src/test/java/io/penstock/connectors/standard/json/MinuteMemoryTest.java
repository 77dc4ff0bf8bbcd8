package io.penstock.connectors.standard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Times are read as without a memory, whatever was read before them. */
class MinuteMemoryTest {
  private static final List<String> TAILS =
      List.of(
          ":07Z\"",
          ":59.1Z\"",
          ":00.123Z\"",
          ":31.123456Z\"",
          ":31.1234567Z\"",
          ":31.123456789Z\"",
          ":60Z\"",
          ":61Z\"",
          ":5Z\"",
          ":05.Z\"",
          ":05.12xZ\"",
          ":05,5Z\"",
          ":05z\"",
          ":05+01:00\"",
          ":05.25-02:30\"",
          ":05\"",
          "Z\"",
          ".05Z\"",
          ":0aZ\"",
          ":05Z",
          ":05.123456Z",
          ":05.1Z\\\"",
          "\"");
  private static final List<String> MINUTES =
      List.of(
          "2026-01-31T12:00",
          "2026-01-31 12:00",
          "1970-01-01T00:00",
          "1969-12-31T23:59",
          "2026-13-31T12:00",
          "2026-06-30T23:59",
          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
          "2026-01-31");

  @Test
  void anyTimeBehindAnyOther() {
    SplittableRandom random = new SplittableRandom(7);
    MinuteMemory memory = new MinuteMemory();
    for (int i = 0; i < 20_000; i++) {
      String text = any(MINUTES, random) + any(TAILS, random);
      String behind = random.nextBoolean() ? "" : ",\"next\":\"2026-01-31T12:00:05Z\"}";
      check(memory, text, behind);
    }
  }

  @Test
  void theFirstMinuteOfAllIsNoOtherOne() {
    check(new MinuteMemory(), "1970-01-01T00:00:01.5Z\"", "                ");
    check(new MinuteMemory(), "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0:01Z\"", "                ");
  }

  private static String any(List<String> texts, SplittableRandom random) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static void check(MinuteMemory memory, String text, String behind) {
    byte[] bytes = ('"' + text + behind).getBytes(StandardCharsets.US_ASCII);
    int quote = 1;
    while (quote < bytes.length
        && bytes[quote] >= ' '
        && bytes[quote] != '"'
        && bytes[quote] != '\\') {
      quote++;
    }
    boolean plain = quote < bytes.length && bytes[quote] == '"';
    long expected = plain ? Times.parseTimestamp(bytes, 1, quote) : Times.NONE;
    assertEquals(expected, memory.timestamp(bytes, 1, bytes.length), text + behind);
    if (expected != Times.NONE) {
      assertEquals(quote, memory.end(), text + behind);
    }
  }
}
