package io.penstock.connectors.jdbc;

import io.penstock.api.data.Change;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.json.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Rows in the text form of COPY, and as lists of texts. Used by one thread. */
final class CopyRows {
  private final CellText.Writing[] cells;
  private final ByteBuilder line = new ByteBuilder(1 << 17);
  private final ByteBuilder cell = new ByteBuilder(1 << 10);
  private final boolean[] plain;
  private int number;

  CopyRows(Schema schema) {
    cells = new CellText.Writing[schema.fields().size()];
    plain = new boolean[cells.length];
    for (int i = 0; i < cells.length; i++) {
      io.penstock.api.data.DataType type = schema.fields().get(i).type().type();
      cells[i] = CellText.of(type);
      plain[i] = isPlain(type);
    }
  }

  // Whose text never has a sign that must be escaped.
  private static boolean isPlain(io.penstock.api.data.DataType type) {
    return type instanceof io.penstock.api.data.DataType.Decimal
        || type instanceof io.penstock.api.data.DataType.Simple simple
            && switch (simple.kind()) {
              case BOOLEAN, INT, DOUBLE, TIMESTAMP, DATE, DURATION -> true;
              case STRING, BYTES, JSON -> false;
            };
  }

  /** Takes bytes of rows. */
  @FunctionalInterface
  interface Sending {
    void send(byte[] bytes, int length) throws SQLException;
  }

  /**
   * Sends rows in pieces.
   *
   * @param numbered whether the row's number comes behind its last column, and whether it takes a
   *     row away
   */
  void encode(Chunk chunk, boolean numbered, int piece, Sending to) throws SQLException {
    line.truncate(0);
    number = 0;
    chunk.<SQLException>forEach(
        (batch, row) -> {
          for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
              line.append('\t');
            }
            append(batch.column(i), row, i);
          }
          if (numbered) {
            line.append('\t');
            line.appendNumber(number++);
            line.append('\t');
            line.append(Change.of(batch, row).takesAway() ? 't' : 'f');
          }
          line.append('\n');
          if (line.length() >= piece) {
            to.send(line.array(), line.length());
            line.truncate(0);
          }
        });
    if (line.length() > 0) {
      to.send(line.array(), line.length());
    }
  }

  private void append(Column column, int row, int index) {
    if (column.isNull(row)) {
      line.append('\\');
      line.append('N');
      return;
    }
    if (plain[index]) {
      cells[index].append(column, row, line);
      return;
    }
    cell.truncate(0);
    cells[index].append(column, row, cell);
    escape();
  }

  private void escape() {
    byte[] from = cell.array();
    int length = cell.length();
    int begin = 0;
    for (int i = 0; i < length; i++) {
      byte sign = escaped(from[i]);
      if (sign != 0) {
        line.append(from, begin, i - begin);
        line.append('\\');
        line.append(sign);
        begin = i + 1;
      }
    }
    line.append(from, begin, length - begin);
  }

  private static byte escaped(byte sign) {
    if (sign > '\\' || sign > '\r' && sign < '\\' || sign < 0) {
      return 0;
    }
    return switch (sign) {
      case '\\' -> '\\';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  /** The values as texts, a list for each column; null for null, as the driver takes it. */
  String[][] texts(Chunk chunk) {
    String[][] texts = new String[cells.length][chunk.size()];
    number = 0;
    chunk.forEach(
        (batch, row) -> {
          for (int i = 0; i < cells.length; i++) {
            if (!batch.column(i).isNull(row)) {
              cell.truncate(0);
              cells[i].append(batch.column(i), row, cell);
              texts[i][number] = new String(cell.array(), 0, cell.length(), StandardCharsets.UTF_8);
            }
          }
          number++;
        });
    return texts;
  }
}
