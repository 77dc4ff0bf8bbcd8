package io.penstock.connectors.standard.xml;

import io.penstock.connectors.standard.value.ByteScan;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the records in bytes of XML by their tags alone, without looking whether what is in them is
 * well-formed: a record ends with the end tag of its name that none of the same name inside it
 * takes, so that a record that is broken does not take the next one with it. Single-threaded.
 */
final class RecordScan {
  private static final int INCOMPLETE = -1;
  private static final byte[] COMMENT = {'<', '!', '-', '-'};
  private static final byte[] COMMENT_END = {'-', '-', '>'};
  private static final byte[] CDATA = {'<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};
  private static final byte[] CDATA_END = {']', ']', '>'};
  private static final byte[] INSTRUCTION_END = {'?', '>'};

  /** What was found. */
  enum Found {
    /** A whole record. */
    RECORD,
    /** A document type. */
    DOCTYPE,
    /** A root that is not the first element of the path. */
    OTHER_ROOT,
    /** The bytes end within a record or a tag. */
    CUT_OFF,
    /** There is no further record. */
    END
  }

  private final List<byte[]> path;
  private byte[] bytes = new byte[0];
  private int at;
  private int to;
  private int start;
  private int end;

  /** How many elements are open, and how many of them are those of the path. */
  private int depth;

  private int matched;

  RecordScan(RecordPath path) {
    this.path = path.bytes();
  }

  /**
   * Looks at other bytes.
   *
   * @param inside whether they follow a record, so that the elements around it are open
   */
  void begin(byte[] all, int from, int until, boolean inside) {
    bytes = all;
    at = from;
    to = until;
    depth = inside ? path.size() - 1 : 0;
    matched = depth;
  }

  /** Where what was found last begins. */
  int start() {
    return start;
  }

  /** Where it ends, exclusive. */
  int end() {
    return end;
  }

  /** How many elements are open where the scan stands. */
  int depth() {
    return depth;
  }

  /** What comes next. */
  Found next() {
    while (true) {
      int tag = ByteScan.indexOf(bytes, at, to, (byte) '<');
      start = tag;
      end = to;
      if (tag == to) {
        at = to;
        return Found.END;
      }
      int behind = behind(tag);
      if (behind == INCOMPLETE) {
        at = to;
        return Found.CUT_OFF;
      }
      at = behind;
      end = behind;
      if (isDoctype(tag)) {
        return Found.DOCTYPE;
      }
      if (isEnd(tag)) {
        depth = Math.max(0, depth - 1);
        matched = Math.min(matched, depth);
      } else if (isStart(tag)) {
        Found found = started(tag, behind);
        if (found != Found.END) {
          return found;
        }
      }
    }
  }

  /** A start tag outside of records; {@link Found#END} where it is of no interest. */
  private Found started(int tag, int behind) {
    boolean empty = bytes[behind - 2] == '/';
    boolean fits = depth == matched && matched < path.size() && isNamed(tag + 1, path.get(matched));
    if (fits && matched == path.size() - 1) {
      return empty || record(behind) ? Found.RECORD : Found.CUT_OFF;
    }
    boolean otherRoot = depth == 0 && !fits;
    if (!empty) {
      depth++;
      matched += fits ? 1 : 0;
    }
    return otherRoot ? Found.OTHER_ROOT : Found.END;
  }

  /** Goes behind the end tag of the record; false where it is not there. */
  private boolean record(int from) {
    byte[] name = path.get(path.size() - 1);
    int same = 1;
    at = from;
    while (same > 0) {
      int tag = ByteScan.indexOf(bytes, at, to, (byte) '<');
      int behind = tag == to ? INCOMPLETE : behind(tag);
      if (behind == INCOMPLETE) {
        at = to;
        end = to;
        return false;
      }
      at = behind;
      if (isEnd(tag)) {
        same -= isNamed(tag + 2, name) ? 1 : 0;
      } else if (isStart(tag) && bytes[behind - 2] != '/') {
        same += isNamed(tag + 1, name) ? 1 : 0;
      }
    }
    end = at;
    return true;
  }

  private boolean isDoctype(int tag) {
    return bytes[tag + 1] == '!' && !is(tag, COMMENT) && !is(tag, CDATA);
  }

  private boolean isEnd(int tag) {
    return bytes[tag + 1] == '/';
  }

  private boolean isStart(int tag) {
    return begins(bytes[tag + 1]);
  }

  private static boolean begins(byte b) {
    return b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == ':';
  }

  private boolean is(int from, byte[] wanted) {
    return from + wanted.length <= to
        && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
  }

  private boolean isNamed(int from, byte[] name) {
    if (!is(from, name)) {
      return false;
    }
    byte next = bytes[from + name.length];
    return next == '>' || next == '/' || isBlank(next);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Where the markup that begins here ends; a `<` that begins none ends behind itself. */
  private int behind(int tag) {
    if (tag + 1 == to) {
      return INCOMPLETE;
    }
    byte kind = bytes[tag + 1];
    if (kind == '?') {
      return behind(tag + 2, INSTRUCTION_END);
    }
    if (kind == '!') {
      return declaration(tag);
    }
    return kind == '/' || begins(kind) ? tag(tag + 1) : tag + 1;
  }

  private int declaration(int tag) {
    if (is(tag, COMMENT)) {
      return behind(tag + COMMENT.length, COMMENT_END);
    }
    if (is(tag, CDATA)) {
      return behind(tag + CDATA.length, CDATA_END);
    }
    if (to - tag < CDATA.length) {
      return INCOMPLETE;
    }
    int brackets = 0;
    for (int i = tag; i < to; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\'') {
        i = ByteScan.indexOf(bytes, i + 1, to, b);
      } else if (b == '[') {
        brackets++;
      } else if (b == ']') {
        brackets--;
      } else if (b == '>' && brackets <= 0) {
        return i + 1;
      }
    }
    return INCOMPLETE;
  }

  private int behind(int from, byte[] wanted) {
    for (int i = from; i < to; i++) {
      i = ByteScan.indexOf(bytes, i, to, wanted[0]);
      if (is(i, wanted)) {
        return i + wanted.length;
      }
    }
    return INCOMPLETE;
  }

  /** Behind the `>` of a tag; one in the value of an attribute is not it. */
  private int tag(int from) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '>') {
        return i + 1;
      }
      if (b == '"' || b == '\'') {
        i = ByteScan.indexOf(bytes, i + 1, to, b);
      }
    }
    return INCOMPLETE;
  }
}
