package io.penstock.dsl.language.syntax;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.dsl.language.text.SourceText;

/**
 * The place of each char of a scalar's value, whatever its style. Worked out when first asked for,
 * because only problems ask.
 */
final class ScalarPlaces implements ExpressionText.Places {
  private final SourceText text;
  private final Scalar.Style style;
  private final Span span;
  private final String value;

  ScalarPlaces(SourceText text, Scalar.Style style, Span span, String value) {
    this.text = text;
    this.style = style;
    this.span = span;
    this.value = value;
  }

  @Override
  public Origin at(int offset, int length) {
    int[] indexes = indexes();
    int first = Math.max(0, Math.min(offset, value.length()));
    int last = Math.max(first, Math.min(offset + length - 1, value.length()));
    int from = indexes[first];
    return text.origin(from, Math.max(1, indexes[last] + 1 - from));
  }

  /** The index in the file of each char of the value, and of its end. */
  private int[] indexes() {
    return switch (style) {
      case PLAIN -> new Flowing(span.from(), span.to()).walk();
      case SINGLE_QUOTED, DOUBLE_QUOTED -> new Flowing(span.from() + 1, span.to() - 1).walk();
      case LITERAL, FOLDED -> new Block().walk();
      case BROKEN -> new int[] {span.from()};
    };
  }

  /** Fills the indexes in order; what is never reached has the last place. */
  private abstract class Walk {
    private final int[] indexes = new int[value.length() + 1];
    private int filled;

    final void put(int index, int count) {
      for (int i = 0; i < count && filled < value.length(); i++) {
        indexes[filled++] = index;
      }
    }

    final boolean isFull() {
      return filled >= value.length();
    }

    final int[] done(int end) {
      while (filled < indexes.length) {
        indexes[filled++] = end;
      }
      return indexes;
    }
  }

  /** Plain and quoted scalars: line breaks with the blanks around them are folded. */
  private final class Flowing extends Walk {
    private final String raw = text.text();
    private final int to;
    private int at;

    Flowing(int from, int to) {
      this.at = from;
      this.to = Math.max(from, Math.min(to, raw.length()));
    }

    int[] walk() {
      while (at < to && !isFull()) {
        char c = raw.charAt(at);
        if (isBlank(c)) {
          blanks();
        } else if (style == Scalar.Style.SINGLE_QUOTED && c == '\'') {
          put(at, 1);
          at += 2;
        } else if (style == Scalar.Style.DOUBLE_QUOTED && c == '\\') {
          escape();
        } else {
          put(at++, 1);
        }
      }
      return done(isFull() ? at : to);
    }

    private void blanks() {
      int end = at;
      int breaks = 0;
      while (end < to && isBlank(raw.charAt(end))) {
        breaks += isBreak(end) ? 1 : 0;
        end++;
      }
      if (breaks == 0) {
        for (int i = at; i < end; i++) {
          put(i, 1);
        }
      } else {
        put(at, breaks == 1 ? 1 : breaks - 1);
      }
      at = end;
    }

    private void escape() {
      int start = at;
      char kind = at + 1 < to ? raw.charAt(at + 1) : ' ';
      at += 2;
      switch (kind) {
        case 'x' -> hex(start, 2);
        case 'u' -> hex(start, 4);
        case 'U' -> hex(start, 8);
        case '\n', '\r' -> {
          at = start + 1;
          int breaks = 0;
          while (at < to && isBlank(raw.charAt(at))) {
            breaks += isBreak(at) ? 1 : 0;
            at++;
          }
          put(start, breaks - 1);
        }
        default -> put(start, 1);
      }
    }

    private void hex(int start, int digits) {
      at += digits;
      int code = Integer.parseInt(raw.substring(start + 2, Math.min(to, at)), 16);
      put(start, Character.charCount(code));
    }

    private boolean isBreak(int index) {
      char c = raw.charAt(index);
      return c == '\n' || c == '\r' && (index + 1 >= to || raw.charAt(index + 1) != '\n');
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
  }

  /** Literal and folded scalars, line by line. */
  private final class Block extends Walk {
    private final int header = text.origin(span.from(), 1).line();
    private final int indent = indent();

    int[] walk() {
      int line = header + 1;
      boolean before = false;
      boolean beforePlain = false;
      while (!isFull() && line <= text.lines()) {
        int blank = 0;
        while (line + blank <= text.lines()
            && isEmpty(text.line(line + blank))
            && text.line(line + blank).length() <= indent) {
          blank++;
        }
        String next = line + blank <= text.lines() ? text.line(line + blank) : "";
        boolean plain =
            next.length() > indent && next.charAt(indent) != ' ' && next.charAt(indent) != '\t';
        if (before) {
          int end = text.index(line - 1, Integer.MAX_VALUE);
          boolean folds = style == Scalar.Style.FOLDED && beforePlain && plain;
          put(end, folds ? Math.max(1, blank) : blank + 1);
        } else {
          put(text.index(line, 1), blank);
        }
        line += blank;
        content(line, next);
        before = true;
        beforePlain = plain;
        line++;
      }
      return done(text.index(Math.max(header, line - 1), Integer.MAX_VALUE));
    }

    private void content(int line, String shown) {
      int start = text.index(line, 1);
      for (int i = indent; i < shown.length(); i++) {
        put(start + i, 1);
      }
    }

    private int indent() {
      for (int line = header + 1; line <= text.lines(); line++) {
        String shown = text.line(line);
        if (!isEmpty(shown)) {
          int spaces = 0;
          while (spaces < shown.length() && shown.charAt(spaces) == ' ') {
            spaces++;
          }
          return explicit(spaces);
        }
      }
      return 0;
    }

    /** An indentation indicator says that the first line itself begins with blanks. */
    private int explicit(int spaces) {
      String first = text.text().substring(span.from(), Math.min(span.to(), span.from() + 3));
      int at = 0;
      int line = 0;
      while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\n')) {
        at++;
        line = value.charAt(at - 1) == '\n' ? at : line;
      }
      boolean told = first.chars().anyMatch(Character::isDigit);
      return told ? Math.max(0, spaces - (at - line)) : spaces;
    }

    /** A line with a tab in it is content. */
    private static boolean isEmpty(String line) {
      return line.chars().allMatch(c -> c == ' ');
    }
  }
}
