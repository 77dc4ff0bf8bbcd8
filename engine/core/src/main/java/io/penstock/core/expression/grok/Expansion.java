package io.penstock.core.expression.grok;

import io.penstock.api.data.DataType;
import io.penstock.api.problem.Nearest;
import io.penstock.core.expression.Conversions;
import io.penstock.core.expression.function.RegexText;
import io.penstock.core.expression.grok.GrokPatterns.Named;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts named patterns in for their names, until a regular expression is left. Used once, by one
 * thread.
 */
final class Expansion {
  static final int MAX_LENGTH = 100_000;

  private static final int MAX_DEPTH = 50;
  private static final int MAX_CAPTURES = 1_000;
  private static final Pattern REFERENCE =
      Pattern.compile("([A-Za-z0-9_]+)(?::([^:{}]*)(?::([^:{}]*))?)?");
  private static final Pattern GROUP = Pattern.compile("\\(\\?P?<([^>=!][^>]*)>");

  private final GrokPatterns patterns;
  private final StringBuilder regex = new StringBuilder();
  private final List<Capture> captures = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();

  Expansion(GrokPatterns patterns) {
    this.patterns = patterns;
  }

  String regex() {
    return regex.toString();
  }

  List<Capture> captures() {
    return List.copyOf(captures);
  }

  /** Adds a pattern with all that it refers to. */
  void add(String text, boolean known) {
    int at = 0;
    while (at < text.length()) {
      if (regex.length() > MAX_LENGTH) {
        throw new GrokMistake(
            "the pattern has more than 100,000 characters when it is put together",
            "take parts out of it");
      }
      at = next(text, at, known);
    }
  }

  private int next(String text, int at, boolean known) {
    char c = text.charAt(at);
    int end = at + 1;
    if (c == '\\') {
      boolean quote = text.startsWith("\\Q", at);
      int close = quote ? text.indexOf("\\E", at) : at;
      end = close < 0 ? text.length() : Math.min(text.length(), close + 2);
    } else if (c == '[') {
      end = Math.min(text.length(), RegexText.classEnd(text, at));
    } else if (text.startsWith("%{", at)) {
      return reference(text, at, known);
    } else if (text.startsWith("(?", at)) {
      return group(text, at);
    }
    regex.append(text, at, end);
    return end;
  }

  private int reference(String text, int at, boolean known) {
    int end = text.indexOf('}', at);
    String inside = text.substring(at + 2, end < 0 ? text.length() : end);
    Matcher parts = REFERENCE.matcher(inside);
    if (end < 0 || !parts.matches()) {
      throw new GrokMistake(
          "`%{" + Conversions.shown(inside) + (end < 0 ? "`" : "}`") + " is no part of a pattern",
          "write %{NAME}, %{NAME:field} or %{NAME:field:type}; a percent sign itself is `[%]`");
    }
    Named named = patterns.find(parts.group(1), known).orElseThrow(() -> unknown(parts.group(1)));
    String field = parts.group(2);
    if (field == null) {
      regex.append("(?:");
    } else {
      String type = parts.group(3);
      open(field, type == null ? DataType.STRING : CaptureReader.type(type.strip()));
    }
    enter(named);
    add(named.pattern(), named.known());
    open.pop();
    regex.append(')');
    return end + 1;
  }

  private void enter(Named named) {
    if (named.pattern().equals(GrokPatterns.UNREADABLE)) {
      throw GrokMistake.following(named.name());
    }
    if (open.contains(named.name())) {
      List<String> way = new ArrayList<>(open);
      java.util.Collections.reverse(way);
      way.add(named.name());
      throw GrokMistake.circle(named.name(), way);
    }
    if (open.size() == MAX_DEPTH) {
      throw new GrokMistake(
          "more than 50 patterns stand inside each other", "write out some of them");
    }
    open.push(named.name());
  }

  private GrokMistake unknown(String name) {
    return new GrokMistake(
        "`" + name + "` is no grok pattern",
        Nearest.to(name, patterns.names())
            .map(n -> "did you mean `" + n + "`?")
            .orElse(
                "add it to `patterns:`; `run-pipeline functions parse_grok` lists those there are"));
  }

  private int group(String text, int at) {
    Matcher named = GROUP.matcher(text).region(at, text.length());
    if (named.lookingAt()) {
      open(named.group(1), DataType.STRING);
      return named.end();
    }
    for (String other : List.of("(?=", "(?!", "(?<=", "(?<!", "(?>")) {
      if (text.startsWith(other, at)) {
        throw new GrokMistake(
            "`" + other + "` is not in the syntax of RE2, whose patterns take linear time",
            other.equals("(?>")
                ? "write `(?:`"
                : "match what stands there too, outside of the field");
      }
    }
    regex.append("(?");
    return at + 2;
  }

  private void open(String field, DataType type) {
    if (captures.size() == MAX_CAPTURES) {
      throw new GrokMistake("the pattern has more than 1,000 fields", "take parts out of it");
    }
    Capture capture = new Capture("f" + captures.size(), CaptureReader.path(field), type);
    captures.add(capture);
    regex.append("(?P<").append(capture.group()).append('>');
  }
}
