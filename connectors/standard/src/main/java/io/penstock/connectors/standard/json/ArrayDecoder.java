package io.penstock.connectors.standard.json;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.json.JsonProblem;
import io.penstock.json.JsonScanner;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record from each element of the one array of a file. A block begins with the array's
 * bracket or with an element, and ends behind a comma or with the file.
 */
final class ArrayDecoder implements Decoder {
  private final RecordDecoder records;
  private final JsonScanner scanner = new JsonScanner();
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;

  ArrayDecoder(Format.Decoding decoding) {
    records = new RecordDecoder(decoding, false);
  }

  @Override
  public int header(Block first) {
    return Bom.behind(first);
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    records.into(out);
    byte[] bytes = block.bytes();
    int to = block.to();
    int line =
        block == lastBlock && from == lastStop
            ? lastLine
            : BlockLines.in(bytes, block.from(), from);
    int at = from;
    boolean first = block.sequence() == 0 && from == Bom.behind(block);
    if (first) {
      at = open(bytes, from, to, block.last(), out);
    }
    while (at < to && !out.full()) {
      int start = blank(bytes, at, to);
      line += BlockLines.in(bytes, at, start);
      int next = element(bytes, start, to, line, block, out);
      line += BlockLines.in(bytes, start, next);
      at = next;
    }
    lastBlock = block;
    lastStop = at;
    lastLine = line;
    return at;
  }

  /** Goes behind the bracket that opens the array, or to the end where there is none. */
  private static int open(byte[] bytes, int from, int to, boolean last, Rows out) {
    int at = blank(bytes, from, to);
    if (at < to && bytes[at] == '[') {
      int behind = blank(bytes, at + 1, to);
      if (behind == to && last) {
        out.bad(from, to, 0, ProblemCode.D101, "the file ends where an element is expected");
        return to;
      }
      return behind < to && bytes[behind] == ']' ? closed(bytes, behind, to, 0, out) : at + 1;
    }
    String found = at == to ? "the end" : Shown.of(bytes, at, Math.min(to, at + 20));
    out.bad(
        from, to, 0, ProblemCode.D101, "`[` expected at the beginning of the file, not " + found);
    return to;
  }

  /** Decodes the element that begins here; returns where the next one does. */
  private int element(byte[] bytes, int start, int to, int line, Block block, Rows out) {
    if (start == to) {
      return to;
    }
    int end;
    try {
      scanner.reset(bytes, start, to);
      records.decode(scanner);
      end = scanner.position();
      out.endRow(start, line);
    } catch (JsonProblem problem) {
      end = broken(bytes, start, to, line, problem, out);
    } catch (RecordProblem wrong) {
      end = mismatched(bytes, start, to, line, wrong, out);
    }
    return separator(bytes, end, to, line, block, out);
  }

  // What is no JSON at all is said first, because a projection must not change the complaint.
  private int mismatched(byte[] bytes, int start, int to, int line, RecordProblem wrong, Rows out) {
    try {
      scanner.reset(bytes, start, to);
      scanner.skip();
    } catch (JsonProblem problem) {
      return broken(bytes, start, to, line, problem, out);
    }
    out.bad(start, scanner.position(), line, wrong.code(), wrong.text());
    return scanner.position();
  }

  private static int broken(
      byte[] bytes, int start, int to, int line, JsonProblem problem, Rows out) {
    RecordProblem wrong = RecordProblem.of(problem);
    int end = resync(bytes, start, to);
    out.bad(start, end, line, wrong.code(), wrong.text());
    return end;
  }

  private static int separator(byte[] bytes, int end, int to, int line, Block block, Rows out) {
    int at = blank(bytes, end, to);
    if (at < to && bytes[at] == ',') {
      boolean cutOff = block.last() && blank(bytes, at + 1, to) == to;
      if (cutOff) {
        out.bad(to, to, line, ProblemCode.D101, "the file ends where an element is expected");
      }
      return cutOff ? to : at + 1;
    }
    if (at < to && bytes[at] == ']') {
      return closed(bytes, at, to, line, out);
    }
    if (at == to && !block.last()) {
      return to;
    }
    String found = at == to ? "the end of the file" : Shown.of(bytes, at, Math.min(to, at + 20));
    out.bad(at, to, line, ProblemCode.D101, "`,` or `]` expected after an element, not " + found);
    return to;
  }

  private static int closed(byte[] bytes, int bracket, int to, int line, Rows out) {
    int behind = blank(bytes, bracket + 1, to);
    if (behind < to) {
      out.bad(
          behind,
          to,
          line,
          ProblemCode.D101,
          "something follows the array: " + Shown.of(bytes, behind, Math.min(to, behind + 20)));
    }
    return to;
  }

  /** Where a broken element seems to end: before the comma or bracket of its array. */
  private static int resync(byte[] bytes, int start, int to) {
    int depth = 0;
    for (int i = start; i < to; i++) {
      switch (bytes[i]) {
        case '"' -> {
          i++;
          while (i < to && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
          }
        }
        case '[', '{' -> depth++;
        case ']', '}' -> {
          if (--depth < 0) {
            return i;
          }
        }
        case ',' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return to;
  }

  private static int blank(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to
        && (bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }
}
