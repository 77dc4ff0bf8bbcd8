package io.penstock.dsl.launcher.display;

import java.util.ArrayList;
import java.util.List;

/** Cells in columns: the first ones to the left, numbers to the right. Single-threaded. */
final class Table {
  private final int textColumns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(int textColumns) {
    this.textColumns = textColumns;
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** The lines, each indented by two; columns that are empty but for their heading are left out. */
  List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] used = new boolean[columns];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        String cell = rows.get(r).get(c);
        widths[c] = Math.max(widths[c], width(cell));
        used[c] |= r > 0 && !cell.isEmpty();
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int c = 0; c < row.size(); c++) {
        if (used[c]) {
          String space = " ".repeat(widths[c] - width(row.get(c)));
          line.append(c == 0 ? " " : "  ");
          line.append(c < textColumns ? row.get(c) + space : space + row.get(c));
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
