package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.dsl.language.text.SourceText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Why the YAML parser stopped, in the author's terms: mostly an expression that YAML reads as
 * something else.
 *
 * @param repair the value that may be left out to read on
 */
record Failure(Problem problem, Optional<Span> repair) {
  static Failure of(MarkedYAMLException stopped, SourceText text, String readable) {
    return new Reading(stopped, text, readable).failure();
  }

  private static final class Reading {
    private static final Pattern BEFORE_VALUE =
        Pattern.compile(
            "^\\s*(?:- +)*(?:(?:\"[^\"]*\"|'[^']*'|[^\\s'\"{\\[#\\-][^:#]*|-[^ :][^:#]*)\\s*:(?:\\s+|$))?");

    private static final int LONGEST_KEY = 1_000;

    private final SourceText text;
    private final String what;
    private final Optional<Mark> context;
    private final int at;
    private final int lineStart;
    private final String line;
    private final int valueStart;
    private final int entryStart;

    Reading(MarkedYAMLException stopped, SourceText text, String readable) {
      this.text = text;
      this.what = Optional.ofNullable(stopped.getProblem()).orElse("");
      this.context = Optional.ofNullable(stopped.getContextMark());
      CodePoints indexes = new CodePoints(readable);
      this.at =
          Optional.ofNullable(stopped.getProblemMark())
              .map(mark -> indexes.index(mark.getIndex()))
              .orElse(0);
      int number = text.origin(at, 1).line();
      this.lineStart = text.index(number, 1);
      this.line = text.line(number);
      Matcher before =
          BEFORE_VALUE.matcher(line.substring(0, Math.min(line.length(), LONGEST_KEY)));
      int value = before.find() ? before.end() : 0;
      this.valueStart = value < line.length() ? value : 0;
      this.entryStart = entryStart();
    }

    Failure failure() {
      int tab = tabInIndentation();
      if (tab >= 0) {
        return new Failure(
            Problem.of(
                ProblemCode.E005,
                text.origin(lineStart + tab, 1),
                "a tab is used for indentation",
                "use spaces"),
            Optional.empty());
      }
      return collision()
          .map(this::repaired)
          .orElseGet(() -> new Failure(general(), Optional.empty()));
    }

    private Failure repaired(Problem problem) {
      Span value = new Span(lineStart + valueStart, lineStart + line.length());
      boolean within = at >= value.from() && at <= value.to() && value.to() > value.from();
      return new Failure(problem, within ? Optional.of(value) : Optional.empty());
    }

    private int tabInIndentation() {
      int i = 0;
      while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
        if (line.charAt(i) == '\t') {
          return i;
        }
        i++;
      }
      return -1;
    }

    private Optional<Problem> collision() {
      if (what.startsWith("found unknown escape")) {
        String escape = text.text().substring(at - 1, Math.min(at + 1, text.text().length()));
        return Optional.of(
            Problem.of(
                ProblemCode.E030,
                text.origin(at - 1, 2),
                "double quotes do not know the escape `" + escape + "`",
                "use single quotes, in which a backslash is a backslash"));
      }
      char first = charAt(lineStart + entryStart);
      if (what.startsWith("found character") || "*&!".indexOf(first) >= 0) {
        return Optional.of(
            reserved(what.startsWith("found character") ? at : lineStart + entryStart));
      }
      if (what.contains("but got ?")) {
        return Optional.of(questionMark());
      }
      if (what.startsWith("mapping values are not allowed")
          && line.lastIndexOf("? ", at - lineStart) > valueStart) {
        return Optional.of(ternary());
      }
      if (what.startsWith("expected <block end>, but found '")
          || what.startsWith("expected ',' or")) {
        return afterValue();
      }
      return Optional.empty();
    }

    private Problem reserved(int index) {
      char c = charAt(index);
      String value = entry();
      String cure =
          c == '!' ? "write `not " + value.substring(1).strip() + "`, or quote it: " : "quote it: ";
      return Problem.of(
          ProblemCode.E026,
          text.origin(index, 1),
          "YAML keeps `" + c + "` at the beginning of a value for itself",
          cure + quoted(value));
    }

    private Problem questionMark() {
      return Problem.of(
          ProblemCode.E029,
          text.origin(at, 1),
          "a `?` inside braces is read as the beginning of a key",
          entry().contains(" ? ")
              ? "write `if(condition, a, b)` on a line of its own"
              : "give the entry a line of its own, or quote the value");
    }

    private Problem ternary() {
      int mark = line.lastIndexOf("? ", at - lineStart);
      String condition = line.substring(entryStart, mark).strip();
      String yes = line.substring(mark + 1, at - lineStart).strip();
      String no = line.substring(Math.min(line.length(), at - lineStart + 1)).strip();
      return Problem.of(
          ProblemCode.E022,
          text.origin(at, 1),
          "YAML reads the `: ` of `? :` as the end of a key",
          "write `if(" + condition + ", " + yes + ", " + no + ")`, or quote the whole");
    }

    /** Something stands behind a value that YAML has read to its end. */
    private Optional<Problem> afterValue() {
      int before = at - 1;
      while (before > lineStart && Character.isWhitespace(charAt(before))) {
        before--;
      }
      char end = charAt(before);
      char first = charAt(lineStart + entryStart);
      if (before < lineStart + entryStart || at <= lineStart + valueStart) {
        return comment();
      }
      if (cutCall()) {
        return Optional.of(
            Problem.of(
                ProblemCode.E021,
                text.origin(lineStart + callStart(), at - lineStart - callStart()),
                "inside braces YAML ends a value at a comma, so that the call comes apart",
                "give the entry a line of its own, or quote it whole"));
      }
      if (end == '\'' || end == '"') {
        return Optional.of(
            Problem.of(
                ProblemCode.E023,
                text.origin(at, 1),
                "YAML ends the value at the closing quote",
                first == end ? "quote the whole: " + quoted(entry()) : "quote the whole"));
      }
      if (end == '}' || end == ']') {
        int opened = lineStart + (inFlow() ? opening(before - lineStart) : valueStart);
        String whole = text.text().substring(opened, lineStart + line.length());
        return Optional.of(
            Problem.of(
                ProblemCode.E028,
                text.origin(opened, before + 1 - opened),
                "a value that begins with `"
                    + charAt(opened)
                    + "` is a "
                    + (end == '}' ? "map" : "list")
                    + " for YAML, which ends here",
                inFlow() ? "quote the whole value" : "quote the whole: " + quoted(whole.strip())));
      }
      return Optional.empty();
    }

    /** A comment that has swallowed the end of an expression on the line before. */
    private Optional<Problem> comment() {
      int number = text.origin(at, 1).line();
      String above = text.line(number - 1);
      int hash = above.indexOf(" #");
      if (hash < 0 || Balance.isClosed(above.substring(0, hash))) {
        return Optional.empty();
      }
      return Optional.of(
          Problem.of(
              ProblemCode.E025,
              text.origin(text.index(number - 1, 1) + hash + 1, 1),
              "YAML reads ` #` as the beginning of a comment",
              "quote the whole value, or use a block scalar (`|`)"));
    }

    private boolean inFlow() {
      return valueStart < line.length()
          && "{[".indexOf(line.charAt(valueStart)) >= 0
          && what.startsWith("expected ','");
    }

    private boolean cutCall() {
      int call = callStart();
      return inFlow()
          && call >= 0
          && !Balance.isClosed(line.substring(call, Math.min(line.length(), at - lineStart)));
    }

    /** Where the value begins in which a parenthesis is open before the place. */
    private int callStart() {
      int start = -1;
      int open = 0;
      int value = valueStart;
      for (int i = valueStart; i < Math.min(line.length(), at - lineStart); i++) {
        char c = line.charAt(i);
        if (open == 0 && (c == ',' || c == '{' || c == '[' || c == ':')) {
          value = i + 1;
        } else if (c == '(') {
          open++;
          start = value;
        } else if (c == ')') {
          open--;
        }
      }
      while (start >= 0 && start < line.length() && line.charAt(start) == ' ') {
        start++;
      }
      return open > 0 ? start : -1;
    }

    private int opening(int closing) {
      int depth = 0;
      for (int i = closing; i >= valueStart; i--) {
        char c = line.charAt(i);
        depth += c == '}' || c == ']' ? 1 : c == '{' || c == '[' ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
      return valueStart;
    }

    /** Where the value begins in which the parser stopped, inside braces too. */
    private int entryStart() {
      int start = valueStart;
      char quote = 0;
      boolean flow = start < line.length() && "{[".indexOf(line.charAt(start)) >= 0;
      for (int i = start; flow && i < Math.min(line.length(), at - lineStart); i++) {
        char c = line.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if ((c == '\'' || c == '"') && line.substring(start, i).isBlank()) {
          quote = c;
        } else if ("{[,".indexOf(c) >= 0 || c == ':' && charAt(lineStart + i + 1) == ' ') {
          start = i + 1;
        }
      }
      while (start < line.length() && line.charAt(start) == ' ') {
        start++;
      }
      return Math.min(start, line.length());
    }

    private String entry() {
      String rest = line.substring(entryStart);
      boolean flow = inFlow() || entryStart > valueStart;
      return flow ? rest.replaceAll("\\s*[,}\\]].*$", "") : rest.strip();
    }

    private static String quoted(String value) {
      return value.indexOf('"') < 0
          ? "`\"" + value + "\"`"
          : "`'" + value.replace("'", "''") + "'`";
    }

    private char charAt(int index) {
      return index >= 0 && index < text.text().length() ? text.text().charAt(index) : ' ';
    }

    private Problem general() {
      Origin here = text.origin(at, 1);
      Origin begun =
          context
              .map(mark -> Origin.at(text.name(), mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(here);
      if (what.startsWith("found unexpected end of stream")) {
        return problem(begun, "the quote that opens here is never closed", "close it");
      }
      if (what.startsWith("mapping values are not allowed")) {
        return problem(
            here,
            "a `: ` may not stand here",
            "quote a text with `: ` in it, or mind the indentation");
      }
      if (what.startsWith("expected ',' or") && charAt(at) == '[' && charAt(at - 1) != ' ') {
        return problem(
            here,
            "inside braces YAML reads `[` as the beginning of a list, which may not stand here",
            "give the entry a line of its own, or quote the value");
      }
      if (what.startsWith("expected ',' or")) {
        return problem(
            here,
            "the brace or bracket of line " + begun.line() + " is not closed here",
            "close it, or put a comma between its entries");
      }
      if (what.startsWith("expected <block end>")) {
        return problem(
            here,
            "this line fits neither the map nor the list that began in line " + begun.line(),
            "mind the indentation: keys of one map begin in one column");
      }
      if (what.contains("block scalar")
          || what.startsWith("expected a comment or a line break")
          || what.startsWith("expected chomping")) {
        return problem(
            begun,
            "a value that begins with `"
                + charAt(text.index(begun.line(), begun.column()))
                + "` is a block of lines for YAML",
            "begin the text on the next line, or quote it");
      }
      return problem(
          here, "the YAML cannot be read: " + what, "look at this line and the one above it");
    }

    private static Problem problem(Origin at, String message, String hint) {
      return Problem.of(ProblemCode.E003, at, message, hint);
    }
  }
}
