package io.penstock.core.expression.script;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;

/**
 * Looks at the brackets of a script before JEXL's parser does: its look-ahead takes time
 * exponential in the depth of braces and square brackets, so that thirty characters could hold it
 * for hours. Braces of a statement ({@code if (x) {}}) cost nothing and do not count.
 */
final class Nesting {
  private static final int MAX_DEPTH = 200;
  private static final long MAX_COST = 100_000;

  private final ExpressionText text;
  private final Problems problems;
  private final String code;
  private final boolean[] counted = new boolean[MAX_DEPTH + 1];
  private int depth;
  private int deep;
  private long cost;
  private int at;
  private int lastWord = -1;

  private Nesting(ExpressionText text, Problems problems) {
    this.text = text;
    this.problems = problems;
    this.code = text.text();
  }

  /** Whether the parser can be given the script; what speaks against it is reported. */
  static boolean isHarmless(ExpressionText text, Problems problems) {
    return new Nesting(text, problems).look();
  }

  private boolean look() {
    while (at < code.length()) {
      char c = code.charAt(at);
      if (c == '\'' || c == '"') {
        quoted(c);
      } else if (code.startsWith("//", at) || code.startsWith("##", at)) {
        skipTo("\n");
      } else if (code.startsWith("/*", at)) {
        skipTo("*/");
      } else if (c == '`') {
        return refuse("a text in backquotes", "join texts with `+`");
      } else if (code.startsWith("~/", at)) {
        return refuse("a pattern between slashes", "write it as a text: `x =~ 'a+'`");
      } else if (Character.isJavaIdentifierStart(c)) {
        if (!word()) {
          return false;
        }
      } else if (!bracket(c)) {
        return false;
      }
      at++;
    }
    return true;
  }

  /** The parser reads over {@code import} without a word. */
  private boolean word() {
    int from = at;
    while (at + 1 < code.length() && Character.isJavaIdentifierPart(code.charAt(at + 1))) {
      at++;
    }
    boolean member = lastWord >= 0 && code.charAt(lastWord) == '.';
    lastWord = at;
    if (code.substring(from, at + 1).equals("import") && !member) {
      at = from;
      return refuse("`import`", "leave it out: a script sees the row and the functions alone");
    }
    return true;
  }

  private boolean bracket(char c) {
    if (c == '(' || c == '[' || c == '{') {
      boolean costs = c == '[' || c == '{' && !opensStatement();
      deep += costs ? 1 : 0;
      cost += costs ? (long) Math.pow(3, Math.min(deep, 30)) : 0;
      if (++depth > MAX_DEPTH || cost > MAX_COST) {
        problems.add(
            ProblemCode.E303,
            text.places().at(at, 1),
            "brackets of the script stand inside each other too deep",
            "put parts into variables of their own");
        return false;
      }
      counted[depth] = costs;
    } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
      deep -= counted[depth--] ? 1 : 0;
    }
    if (!Character.isWhitespace(c)) {
      lastWord = at;
    }
    return true;
  }

  /** Behind {@code )}, {@code ->}, {@code =>}, {@code else} and {@code do} a brace is a block. */
  private boolean opensStatement() {
    if (lastWord < 0) {
      return false;
    }
    String before = code.substring(Math.max(0, lastWord - 4), lastWord + 1);
    return before.endsWith(")")
        || before.endsWith("->")
        || before.endsWith("=>")
        || before.matches("(?s)(.*\\W)?else")
        || before.matches("(?s)(.*\\W)?do");
  }

  private void quoted(char quote) {
    at++;
    while (at < code.length() && code.charAt(at) != quote) {
      at += code.charAt(at) == '\\' ? 2 : 1;
    }
    lastWord = Math.min(at, code.length() - 1);
  }

  private void skipTo(String end) {
    int found = code.indexOf(end, at + 2);
    at = found < 0 ? code.length() : found + end.length() - 1;
  }

  private boolean refuse(String what, String hint) {
    problems.add(
        ProblemCode.E321,
        text.places().at(at, 1),
        what + " is not in the language of scripts",
        hint);
    return false;
  }
}
