package io.penstock.core.expression.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.EvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEdgesTest {
  @ParameterizedTest
  @CsvSource({
    "abcdef, 1, 6, abcdef",
    "abcdef, 0, 2, a",
    "abcdef, -2, 9, ef",
    "abcdef, -9, 4, a",
    "abcdef, 7, 1, ''",
    "abcdef, 2, 0, ''",
    "abcdef, 1, 9223372036854775807, abcdef",
    "abcdef, 9223372036854775807, 9223372036854775807, ''",
    "😀é漢, 2, 2, é漢",
    "😀é漢, -3, 1, 😀",
  })
  void takesPartsCountedInCodePoints(String text, long from, long length, String part) {
    assertEquals(part, TextParts.substring(text, from, length));
  }

  @Test
  void keepsPairsOfSurrogatesTogether() {
    assertEquals("😀", TextParts.left("😀a", 1));
    assertEquals("a😀", Text.reverse("😀a"));
    assertEquals(List.of("😀", "a"), TextParts.split("😀a", ""));
    assertEquals(1L, TextParts.indexOf("😀a", "a"));
    assertEquals("😀…", Text.truncate("😀abc", 2, "…"));
    assertEquals("--😀", Text.padStart("😀", 3, "-"));
  }

  @Test
  void replacesInOnePassTheLongestFirst() {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("a", "1");
    pairs.put("ab", "2");
    pairs.put("2", "x");
    pairs.put("", "never");

    assertEquals("2c1x", TextParts.replaceMany("abca2", pairs));
  }

  @Test
  void limitsWhatIsMade() {
    assertCode(ProblemCode.D208, () -> Text.repeat("ab", 8_388_609));
    assertEquals(16 << 20, Text.repeat("ab", 8 << 20).length());
    assertCode(ProblemCode.D208, () -> Text.repeat("é", 16 << 20));
    assertCode(ProblemCode.D208, () -> Text.repeat("a", Long.MAX_VALUE));
    assertEquals("", Text.repeat("", Long.MAX_VALUE));
    assertCode(ProblemCode.D208, () -> Text.padEnd("a", Long.MAX_VALUE, "b"));
    assertCode(ProblemCode.D208, () -> Lists.range(0, Long.MAX_VALUE));
    assertCode(
        ProblemCode.D208, () -> TextParts.replace("a".repeat(1 << 16), "a", "b".repeat(1 << 10)));
    assertCode(ProblemCode.D206, () -> Text.repeat("a", -1));
    assertCode(ProblemCode.D206, () -> Text.padEnd("a", 3, ""));
    assertCode(ProblemCode.D206, () -> TextParts.substring("a", 1, -1));
    assertCode(ProblemCode.D206, () -> TextParts.splitPart("a", "-", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, ab, false",
    "abc, %, true",
    "'', %, true",
    "'', _, false",
    "a😀c, a_c, true",
    "a%c, a\\%c, true",
    "abc, a\\%c, false",
    "abcabd, %ab_, true",
    "abcabd, a%a%a%, false",
    "mississippi, m%issi%pi, true",
  })
  void comparesLikeSql(String text, String pattern, boolean fits) {
    assertEquals(fits, TextParts.like(text, pattern));
  }

  static void assertCode(ProblemCode code, Executable call) {
    assertEquals(code, assertThrows(EvaluationException.class, call).code());
  }
}
