package io.penstock.dsl.language.text;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A text that a user wrote, checked to be clean UTF-8 of at most 1 MiB, without a byte order mark.
 */
public final class SourceText {
  /** The greatest size of a file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MOST_REFUSED = 10;

  private final String name;
  private final String text;
  private final List<Integer> lineStarts;

  /** Where the characters begin that take two chars. */
  private final int[] pairs;

  private SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.pairs = pairs(text);
  }

  /** A text that is no file's, or known to be clean. */
  public static SourceText of(String name, String text) {
    return new SourceText(name, text);
  }

  /** Reads bytes; what is wrong with them goes to the problems, and then there is no text. */
  public static Optional<SourceText> read(String name, byte[] bytes, Problems problems) {
    if (bytes.length > MAX_BYTES) {
      problems.add(
          ProblemCode.E002,
          Origin.file(name),
          "the file has " + bytes.length + " bytes, more than the " + MAX_BYTES + " that are read",
          "move shared pieces into files of their own and bring them in with `use:`");
      return Optional.empty();
    }
    Optional<String> decoded = decode(name, bytes, problems);
    return decoded.flatMap(
        text -> {
          SourceText source = new SourceText(name, text);
          return source.isClean(problems) ? Optional.of(source) : Optional.empty();
        });
  }

  /** The file's name as the user gave it. */
  public String name() {
    return name;
  }

  /** All of it. */
  public String text() {
    return text;
  }

  /** The same text with stars in a place of it, for what may not be shown. */
  public SourceText hiding(Origin place) {
    int from = index(place.line(), place.column());
    int to = index(place.line(), place.column() + place.length());
    String stars = "*".repeat(points(from, to));
    return new SourceText(name, text.substring(0, from) + stars + text.substring(to));
  }

  /** How many lines there are. */
  public int lines() {
    return lineStarts.size();
  }

  /** A line by its number from 1, without its end; empty where there is no such line. */
  public String line(int number) {
    return number < 1 || number > lineStarts.size()
        ? ""
        : text.substring(lineStarts.get(number - 1), lineEnd(number));
  }

  /** The origin of the characters from an index of the text on; a span ends with its line. */
  public Origin origin(int index, int length) {
    int at = Math.max(0, Math.min(index, text.length()));
    int line = lineOf(at);
    int column = points(lineStarts.get(line - 1), at) + 1;
    int end = (int) Math.min((long) at + length, lineEnd(line));
    return new Origin(name, line, column, Math.max(1, end <= at ? 1 : points(at, end)));
  }

  /** The index in the text of a place; the end of the line where the column lies past it. */
  public int index(int line, int column) {
    int number = Math.max(1, Math.min(line, lineStarts.size()));
    int from = lineStarts.get(number - 1);
    int end = lineEnd(number);
    int steps = Math.max(0, Math.min(column - 1, points(from, end)));
    return pairs.length == 0 ? from + steps : text.offsetByCodePoints(from, steps);
  }

  private int lineEnd(int number) {
    int from = lineStarts.get(number - 1);
    int to = number == lineStarts.size() ? text.length() : lineStarts.get(number);
    while (to > from && (text.charAt(to - 1) == '\n' || text.charAt(to - 1) == '\r')) {
      to--;
    }
    return to;
  }

  /** How many code points; a long line is asked for very often, so nothing is scanned. */
  private int points(int from, int to) {
    return to - from - (pairsBefore(to) - pairsBefore(from));
  }

  private int pairsBefore(int index) {
    int found = Arrays.binarySearch(pairs, index);
    return found < 0 ? -found - 1 : found;
  }

  private int lineOf(int index) {
    int low = 0;
    int high = lineStarts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (lineStarts.get(middle) <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  private static List<Integer> lineStarts(String text) {
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || c == '\r' && !crlf) {
        starts.add(i + 1);
      }
    }
    return starts;
  }

  private static int[] pairs(String text) {
    int[] found = new int[0];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2 + 16);
        }
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static Optional<String> decode(String name, byte[] bytes, Problems problems) {
    if (bytes.length >= 2 && isUtf16(bytes[0], bytes[1])) {
      problems.add(
          ProblemCode.E004,
          Origin.file(name),
          "the file is written in UTF-16 (byte 0); it must be UTF-8",
          "save it as UTF-8");
      return Optional.empty();
    }
    int start =
        bytes.length >= 3
                && (bytes[0] & 0xff) == 0xef
                && (bytes[1] & 0xff) == 0xbb
                && (bytes[2] & 0xff) == 0xbf
            ? 3
            : 0;
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      SourceText before = new SourceText(name, out.toString());
      problems.add(
          ProblemCode.E004,
          before.origin(out.length(), 1),
          String.format("byte %d (0x%02x) is no UTF-8", in.position(), bytes[in.position()]),
          "save the file as UTF-8");
      return Optional.empty();
    }
    return Optional.of(out.toString());
  }

  /** Its byte order mark, or a letter of ASCII in two bytes. */
  private static boolean isUtf16(byte first, byte second) {
    return (first & 0xff) == 0xff && (second & 0xff) == 0xfe
        || (first & 0xff) == 0xfe && (second & 0xff) == 0xff
        || (first == 0) != (second == 0);
  }

  private boolean isClean(Problems problems) {
    int refused = 0;
    int bytes = 0;
    for (int i = 0; i < text.length() && refused < MOST_REFUSED; ) {
      int c = text.codePointAt(i);
      if (isRefused(c)) {
        String what =
            c == 0
                ? "a NUL character"
                : isBidi(c)
                    ? String.format(
                        "the character U+%04X, which turns the direction of writing,", c)
                    : String.format("the control character U+%04X", c);
        problems.add(
            ProblemCode.E004,
            origin(i, 1),
            what + " stands at byte " + bytes + "; it may not stand in a pipeline file",
            "remove it, or write it as an escape in double quotes");
        refused++;
      }
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      i += Character.charCount(c);
    }
    return refused == 0;
  }

  private static boolean isRefused(int c) {
    return c < 0x20 && c != '\n' && c != '\r' && c != '\t'
        || c == 0x7f
        || c >= 0x80 && c < 0xa0 && c != 0x85
        || c == 0xfffe
        || c == 0xffff
        || isBidi(c);
  }

  private static boolean isBidi(int c) {
    return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }
}
