package io.penstock.connectors.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.data.Validity;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two decoders of the same bytes, call by call: they stop at the same byte, with the same rows, the
 * same records that are none, the same lines.
 */
public final class BothWays {
  private final Schema schema;
  private final Decoder one;
  private final Decoder other;
  private final int batchRows;
  private final boolean sharing;
  private long rows;
  private long bad;

  public BothWays(Schema schema, Decoder one, Decoder other, int batchRows, boolean sharing) {
    this.schema = schema;
    this.one = one;
    this.other = other;
    this.batchRows = batchRows;
    this.sharing = sharing;
  }

  /**
   * Reads a file of blocks that lie one behind the other.
   *
   * @param ends where each block ends
   */
  public void read(byte[] bytes, int[] ends) {
    BlockLines lines = BlockLines.from(1, bytes, 0, ends[0]);
    int from = 0;
    for (int i = 0; i < ends.length; i++) {
      lines = i == 0 ? lines : lines.next(bytes, from, ends[i]);
      boolean last = i == ends.length - 1;
      block(new Block(bytes, from, ends[i], "s", i, from, lines, last, Map.of()));
      from = ends[i];
    }
  }

  private void block(Block block) {
    int at = block.from();
    if (block.sequence() == 0) {
      at = one.header(block);
      assertEquals(at, other.header(block), "where the header ends");
    }
    while (at < block.to()) {
      Taken ours = new Taken(block);
      Taken theirs = new Taken(block);
      int next = one.decode(block, at, ours);
      int expected = other.decode(block, at, theirs);
      String where = "\nin: " + shown(block, at, expected);
      assertEquals(theirs.events, ours.events, () -> "what was read" + where);
      assertEquals(expected, next, () -> "where it stops" + where);
      assertEquals("", difference(ours.build(), theirs.build(), ours.count), where);
      rows += ours.count;
      bad += ours.refused;
      at = next;
    }
  }

  /** How many rows were read. */
  public long rows() {
    return rows;
  }

  /** How many records were none. */
  public long bad() {
    return bad;
  }

  private static String shown(Block block, int from, int to) {
    int end = Math.min(to, from + 2000);
    return new String(block.bytes(), from, end - from, StandardCharsets.ISO_8859_1);
  }

  private static String difference(Column[] ours, Column[] theirs, int count) {
    for (int i = 0; i < ours.length; i++) {
      if (ours[i].size() != count || theirs[i].size() != count) {
        return "column " + i + " has " + ours[i].size() + " or " + theirs[i].size() + " rows";
      }
      for (int row = 0; row < count; row++) {
        if (!same(ours[i], row, theirs[i], row)) {
          return "column " + i + ", row " + row;
        }
      }
    }
    return "";
  }

  /** Whether two values are the same, bit by bit; the slots of nulls too. */
  static boolean same(Column a, int i, Column b, int j) {
    if (Validity.isNull(a.validity(), i) != Validity.isNull(b.validity(), j)) {
      return false;
    }
    if (a instanceof Column.Longs x && b instanceof Column.Longs y) {
      return x.values()[i] == y.values()[j];
    }
    if (a instanceof Column.Doubles x && b instanceof Column.Doubles y) {
      return Double.doubleToRawLongBits(x.values()[i]) == Double.doubleToRawLongBits(y.values()[j]);
    }
    if (a instanceof Column.Booleans x && b instanceof Column.Booleans y) {
      return x.values()[i] == y.values()[j];
    }
    if (a instanceof Column.Bytes x && b instanceof Column.Bytes y) {
      return Arrays.equals(x.bytes(), x.from(i), x.to(i), y.bytes(), y.from(j), y.to(j));
    }
    if (a instanceof Column.Decimals x && b instanceof Column.Decimals y) {
      return x.low()[i] == y.low()[j] && high(x, i) == high(y, j);
    }
    return sameParts(a, i, b, j);
  }

  private static long high(Column.Decimals column, int row) {
    long[] words = column.high();
    return words == null ? column.low()[row] >> 63 : words[row];
  }

  private static boolean sameParts(Column a, int i, Column b, int j) {
    if (a instanceof Column.Records x && b instanceof Column.Records y) {
      boolean same = true;
      for (int k = 0; k < x.fields().length; k++) {
        same &= same(x.fields()[k], i, y.fields()[k], j);
      }
      return same;
    }
    if (a instanceof Column.Lists x && b instanceof Column.Lists y) {
      return sameRange(x.elements(), x.offsets(), i, y.elements(), y.offsets(), j);
    }
    if (a instanceof Column.Maps x && b instanceof Column.Maps y) {
      return sameRange(x.keys(), x.offsets(), i, y.keys(), y.offsets(), j)
          && sameRange(x.values(), x.offsets(), i, y.values(), y.offsets(), j);
    }
    throw new AssertionError(a.getClass() + " and " + b.getClass());
  }

  private static boolean sameRange(Column a, int[] as, int i, Column b, int[] bs, int j) {
    int count = as[i + 1] - as[i];
    boolean same = bs[j + 1] - bs[j] == count;
    for (int k = 0; k < count && same; k++) {
      same = same(a, as[i] + k, b, bs[j] + k);
    }
    return same;
  }

  /** What a decoder said about a record, or about lines. */
  private record Event(String what, int from, int end, int line) {}

  /** Takes what one call decodes. */
  private final class Taken implements Decoder.Rows {
    private final List<Event> events = new ArrayList<>();
    private final ColumnBuilder[] builders = new ColumnBuilder[schema.columns()];
    private final boolean lastOfAll;
    private int count;
    private int refused;

    Taken(Block block) {
      lastOfAll = block.last();
      for (int i = 0; i < builders.length; i++) {
        builders[i] = ColumnBuilder.of(schema.column(i).type());
        if (sharing && builders[i] instanceof BytesBuilder texts) {
          texts.sharing(block.bytes());
        }
      }
    }

    Column[] build() {
      return Arrays.stream(builders).map(ColumnBuilder::build).toArray(Column[]::new);
    }

    @Override
    public ColumnBuilder column(int index) {
      return builders[index];
    }

    @Override
    public void endRow(int offset, int line) {
      count++;
      for (int i = 0; i < builders.length; i++) {
        assertEquals(count, builders[i].size(), "values of column " + i);
      }
      events.add(new Event("row", offset, 0, line));
    }

    @Override
    public void endRows(int[] offsets, int rows, int line) {
      for (int i = 0; i < rows; i++) {
        events.add(new Event("row", offsets[i], 0, line + i));
      }
      count += rows;
      for (int i = 0; i < builders.length; i++) {
        assertEquals(count, builders[i].size(), "values of column " + i);
      }
      assertTrue(count <= batchRows, "there is room for them");
    }

    @Override
    public void bad(int offset, int end, int line, ProblemCode code, String message) {
      for (ColumnBuilder builder : builders) {
        builder.truncate(count);
      }
      refused++;
      events.add(new Event(code + " " + message, offset, end, line));
    }

    @Override
    public void lines(int found) {
      // Behind the last block nothing is numbered.
      if (!lastOfAll) {
        events.add(new Event("lines", 0, 0, found));
      }
    }

    @Override
    public void skipped(int lines) {
      events.add(new Event("skipped", 0, 0, lines));
    }

    @Override
    public boolean full() {
      return count >= batchRows;
    }

    @Override
    public int room() {
      return batchRows - count;
    }
  }
}
