package io.penstock.core.expression.grok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.expression.Conversions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GrokTest {
  /**
   * Three lines each: a pattern, a text, the record as JSON or `-` where the pattern is not found.
   */
  static List<String[]> lines() throws IOException {
    try (InputStream file = GrokTest.class.getResourceAsStream("lines.txt")) {
      List<String> lines =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("##"))
              .toList();
      List<String[]> cases = new ArrayList<>();
      for (int i = 0; i + 2 < lines.size(); i += 3) {
        cases.add(new String[] {lines.get(i), lines.get(i + 1), lines.get(i + 2)});
      }
      assertEquals(0, lines.size() % 3);
      return cases;
    }
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    GrokPatterns.known().forEach(heading -> names.addAll(heading.patterns().keySet()));
    return names;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void findsTheFieldsOfALine(String pattern, String text, String json) {
    Grok grok = grok(pattern, Map.of());

    String found =
        grok.record(text).map(r -> Conversions.toJson(grok.type(), r).toText()).orElse("-");

    assertEquals(json, found, grok.type().toString());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKnownPatternCanBeReadAndIsShortEnough(String name) {
    Expansion expansion = new Expansion(GrokPatterns.with(Map.of()));
    expansion.add("%{" + name + ":x}", true);

    assertTrue(expansion.regex().length() < 30_000, () -> name + " " + expansion.regex().length());
    grok("%{" + name + "}", Map.of());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKnownPatternIsUsedInALineOfTheFile(String name) throws IOException {
    Map<String, String> patterns = new HashMap<>();
    GrokPatterns.known().forEach(heading -> patterns.putAll(heading.patterns()));
    List<String> used = new ArrayList<>();
    for (String[] line : lines()) {
      used.add(line[0]);
    }
    for (int i = 0; i < used.size(); i++) {
      String text = used.get(i);
      patterns.forEach(
          (other, pattern) -> {
            boolean names = text.contains("%{" + other + "}") || text.contains("%{" + other + ":");
            if (names && !used.contains(pattern)) {
              used.add(pattern);
            }
          });
    }

    assertTrue(
        used.stream().anyMatch(u -> u.contains("%{" + name + "}") || u.contains("%{" + name + ":")),
        name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "%{NUMBR:x} | `NUMBR` is no grok pattern | did you mean `NUMBER`?",
        "%{NUMBER:x:whole} | `whole` is no type of a field | write int, double, decimal(12,2), boolean, timestamp, date, duration, or no type",
        "%{NUMBER:x | `%{NUMBER:x` is no part of a pattern | write %{NAME}, %{NAME:field} or %{NAME:field:type}; a percent sign itself is `[%]`",
        "%{A:x} | the pattern `A` contains itself: A -> B -> A | write out one of them",
        "%{INT:a} %{WORD:a.b} | the field `a.b` needs `a` as a record and as a text | give one of them another name",
        "%{INT:a:int} %{WORD:a} | the field `a` is int and also string | give it one type at all its places",
        "(?<=x)%{INT:a} | `(?<=` is not in the syntax of RE2, whose patterns take linear time | match what stands there too, outside of the field",
        "(?>x)%{INT:a} | `(?>` is not in the syntax of RE2, whose patterns take linear time | write `(?:`",
        "%{INT:[a]b} | `[a]b` is no name of a field | write a name, `a.b`, or `[a][b]`",
        "%{INT:a..b} | `a..b` is no name of a field | write a name, `a.b`, or `[a][b]`",
        "%{INT:a} ( | `%{INT:a} (` is no pattern: missing closing ) | write it in the syntax of RE2"
      })
  void saysWhatIsWrongWithAPattern(String pattern, String message, String hint) {
    Map<String, String> own = Map.of("A", "x%{B}", "B", "y%{A:z}");

    GrokMistake mistake = assertThrows(GrokMistake.class, () -> grok(pattern, own));

    assertEquals(message, mistake.text());
    assertEquals(hint, mistake.hint());
  }

  @Test
  void ownPatternsComeFirstButDoNotChangeTheKnownOnes() {
    Map<String, String> own = Map.of("WORD", "[0-9]+", "CODE", "%{WORD}-%{INT}");

    assertEquals("{\"x\":\"17-4\"}", json(grok("%{CODE:x}", own), "a 17-4"));
    assertEquals(
        "{\"verb\":\"GET\",\"request\":\"/\",\"httpversion\":null,\"rawrequest\":null}",
        json(grok("^%{HTTPD_REQUEST}$", own), "GET /"));
  }

  @Test
  void fieldsThatAreAlwaysThereAreNotOptional() {
    assertEquals(
        "{ a: int, b: optional string, c: optional string, d: optional string, e: string }",
        grok("%{INT:a:int}(?: %{WORD:b})?(?:%{WORD:c}|%{INT:d})[?|](?<e>x)+", Map.of())
            .type()
            .toString());
    assertEquals(
        "{ a: optional string, b: optional int }",
        grok("%{WORD:a}|%{INT:b:int}", Map.of()).type().toString());
    assertEquals("{ a: string }", grok("\\(%{WORD:a}\\)?", Map.of()).type().toString());
  }

  @Test
  void patternsThatGrowWithoutEndAreRefused() {
    Map<String, String> own = new HashMap<>();
    own.put("P0", "%{IPV6}".repeat(10));
    for (int i = 1; i < 10; i++) {
      own.put("P" + i, ("%{P" + (i - 1) + "}").repeat(10));
    }

    assertEquals(
        "the pattern has more than 100,000 characters when it is put together",
        assertThrows(GrokMistake.class, () -> grok("%{P9:x}", own)).text());
  }

  @Test
  void eachMistakeOfAFilesPatternsIsReportedOnce() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("USES", "%{BROKEN:x} %{NUMBR}");
    own.put("BROKEN", "[a");
    own.put("FOLLOWS", "%{BROKEN}%{B}");
    own.put("A", "x%{B}");
    own.put("B", "y%{A}");
    own.put("GOOD", "[0-9]{3}");
    own.put("a-b", "x");

    OwnPatterns patterns = OwnPatterns.of(own);

    Map<String, String> said = new LinkedHashMap<>();
    patterns.mistakes().forEach((name, mistake) -> said.put(name, mistake.text()));
    assertEquals(
        Map.of(
            "USES", "`NUMBR` is no grok pattern",
            "BROKEN", "`[a` is no pattern: missing closing ]",
            "A", "the pattern `A` contains itself: A -> B -> A",
            "a-b", "`a-b` is no name of a pattern"),
        said);
    assertEquals("[0-9]{3}", patterns.readable().get("GOOD"));
    assertEquals(GrokPatterns.UNREADABLE, patterns.readable().get("FOLLOWS"));
    assertTrue(
        assertThrows(GrokMistake.class, () -> grok("%{A:x}", patterns.readable())).reported());
  }

  private static Grok grok(String pattern, Map<String, String> own) {
    return Grok.of(pattern, GrokPatterns.with(own));
  }

  private static String json(Grok grok, String text) {
    return grok.record(text).map(r -> Conversions.toJson(grok.type(), r).toText()).orElse("-");
  }
}
