package io.penstock.core.expression.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Reads regular expressions within limits: the library's parser calls itself for each bracket, and
 * counted repeats inside each other multiply.
 */
public final class RegexText {
  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_DEPTH = 200;
  private static final long MAX_REPEATS = 100_000;

  private final String pattern;
  private final long[] repeats = new long[MAX_DEPTH + 1];
  private int depth;

  private RegexText(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The pattern of a text.
   *
   * @throws io.penstock.core.expression.EvaluationException where the text is none, or passes a
   *     limit
   */
  public static Pattern compile(String pattern) {
    return compile(pattern, pattern, MAX_LENGTH);
  }

  /**
   * The same of a pattern that was put together.
   *
   * @param shown what of it messages show
   * @param most how many characters it may have
   */
  public static Pattern compile(String pattern, String shown, int most) {
    if (pattern.length() > most) {
      throw Failure.pattern(String.format("the pattern has more than %,d characters", most));
    }
    new RegexText(pattern).checkShape();
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException broken) {
      throw Failure.pattern(Failure.quoted(shown) + " is no pattern: " + broken.getDescription());
    }
  }

  private void checkShape() {
    // How often the item before this place is copied.
    long last = 1;
    int at = 0;
    while (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '(' -> {
          if (++depth > MAX_DEPTH) {
            throw Failure.pattern("the pattern has more than 200 brackets inside each other");
          }
          repeats[depth] = 1;
          at++;
        }
        case ')' -> {
          last = repeats[depth];
          depth = Math.max(0, depth - 1);
          at++;
        }
        case '{' -> {
          last *= most(at + 1);
          int end = pattern.indexOf('}', at);
          at = end < 0 ? at + 1 : end + 1;
        }
        case '[' -> {
          last = 1;
          at = classEnd(pattern, at);
        }
        case '\\' -> {
          last = 1;
          at += 2;
        }
        default -> {
          last = 1;
          at++;
        }
      }
      note(last);
    }
  }

  private void note(long last) {
    repeats[depth] = Math.max(repeats[depth], last);
    if (last > MAX_REPEATS) {
      throw Failure.pattern("the pattern repeats its parts more than 100,000 times");
    }
  }

  /** The greatest number up to the closing brace; 1 where there is none. */
  private long most(int from) {
    long most = 1;
    long number = 0;
    for (int i = from; i < pattern.length() && pattern.charAt(i) != '}'; i++) {
      char c = pattern.charAt(i);
      number = c >= '0' && c <= '9' && number <= MAX_REPEATS ? number * 10 + c - '0' : 0;
      most = Math.max(most, number);
    }
    return most;
  }

  /** Behind the bracket that ends the class of characters that begins at a place. */
  public static int classEnd(String pattern, int from) {
    int at = from + 1;
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      at++;
    }
    boolean first = true;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == ']' && !first) {
        return at + 1;
      }
      int named = c == '[' && pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
      at = named >= 0 ? named + 2 : c == '\\' ? at + 2 : at + 1;
      first = false;
    }
    return at;
  }
}
