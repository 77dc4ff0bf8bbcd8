package io.penstock.core.expression.script;

import io.penstock.api.option.ExpressionText;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.jexl3.parser.JexlNode;

/**
 * Where the lines of a script begin, to find the characters that the parser names by line and
 * column.
 */
final class Lines {
  private final ExpressionText text;
  private final List<Integer> starts = new ArrayList<>();

  Lines(ExpressionText text) {
    this.text = text;
    starts.add(0);
    for (int i = 0; i < text.text().length(); i++) {
      if (text.text().charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
  }

  Place place(int line, int column, int length) {
    int start = starts.get(Math.max(0, Math.min(line, starts.size()) - 1));
    int offset = Math.min(start + Math.max(0, column - 1), Math.max(0, text.text().length() - 1));
    return new Place(text, offset, Math.max(1, Math.min(length, text.text().length() - offset)));
  }

  /** A line without the blanks around it. */
  Place whole(int line) {
    int index = Math.max(1, Math.min(line, starts.size()));
    int start = starts.get(index - 1);
    int end = index < starts.size() ? starts.get(index) : text.text().length();
    String written = text.text().substring(start, end);
    int blanks = written.length() - written.stripLeading().length();
    return place(index, blanks + 1, Math.max(1, written.strip().length()));
  }

  /** The same place, or where the words that it is about begin on its line. */
  Place before(Place place, String words) {
    int found = text.text().lastIndexOf(words, place.offset());
    int line = text.text().lastIndexOf('\n', place.offset() - 1);
    return words.isEmpty() || found <= line ? place : new Place(text, found, words.length());
  }

  /** From the first character of a node's first part; operators are named by their last part. */
  Place place(JexlNode node, int length) {
    JexlNode first = node;
    while (first.jjtGetNumChildren() > 0 && !isBefore(first, first.jjtGetChild(0))) {
      first = first.jjtGetChild(0);
    }
    return place(first.getLine(), first.getColumn(), length);
  }

  /** A node that stands as one word. */
  Place place(JexlNode node) {
    return place(node, 1);
  }

  private static boolean isBefore(JexlNode a, JexlNode b) {
    return a.getLine() < b.getLine() || a.getLine() == b.getLine() && a.getColumn() < b.getColumn();
  }
}
