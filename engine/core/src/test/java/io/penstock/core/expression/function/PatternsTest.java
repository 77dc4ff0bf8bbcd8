package io.penstock.core.expression.function;

import static io.penstock.core.expression.function.CallsForTests.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
  @Test
  void givesGroupsThatDidNotMatchAsNull() {
    assertNull(Patterns.regexExtract(call(), "b", "(a)?b", 1));
    assertEquals(List.of("b"), Patterns.regexExtractAll(call(), "b", "(a)?b"));
  }

  @Test
  void finishesQuicklyOnPatternsThatHangOthers() {
    String text = "a".repeat(40_000);

    assertTrue(Patterns.matches(call(), text, "^(a|a)*$"));
    assertTrue(!Patterns.matches(call(), text, "(.*)(.*)(.*)x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[a",
        "a**",
        "(?=a)",
        "\\1",
        "(((((a{100}){100}){100}){100}){100})",
        "((a{1,1000}){1,1000})b"
      })
  void refusesPatternsThatCannotBeReadOrCostTooMuch(String pattern) {
    TextEdgesTest.assertCode(ProblemCode.D207, () -> Patterns.matches(call(), "a", pattern));
  }

  @Test
  void refusesLongAndDeepPatterns() {
    TextEdgesTest.assertCode(ProblemCode.D207, () -> RegexText.compile("a".repeat(10_001)));
    TextEdgesTest.assertCode(
        ProblemCode.D207, () -> RegexText.compile("(".repeat(4_000) + ")".repeat(4_000)));
  }

  @Test
  void takesManyCountsOneAfterTheOther() {
    assertTrue(Patterns.matches(call(), "aaabbb", "a{1,100}[b({]{1,100}c{0,100}\\({0,100}"));
  }

  @Test
  void refusesReplacementsThatNameNoGroup() {
    TextEdgesTest.assertCode(
        ProblemCode.D206, () -> Patterns.regexReplace(call(), "ab", "(a)", "$2"));
    TextEdgesTest.assertCode(
        ProblemCode.D206, () -> Patterns.regexReplace(call(), "ab", "(a)", "${x}"));
    assertEquals("$b", Patterns.regexReplace(call(), "ab", "(a)", "\\$"));
  }
}
