package io.penstock.core.operator;

import io.penstock.core.state.EntryBytes;
import io.penstock.core.state.KeyedRuns;
import io.penstock.core.state.StateOutput;
import io.penstock.json.ByteBuilder;
import java.io.IOException;

/**
 * Rows of one input of a join as entries by key: how the key {@link JoinKeys#start starts}, where
 * the row stands among those of its key, its number; then until when it may meet others, and the
 * row.
 */
final class JoinRun implements MadeEntries {
  private final JoinSide side;
  private final JoinKeys keys;
  private final JoinLatest latest;
  private final boolean ordered;
  private final int[] rows;
  private final Entry entry = new Entry();
  private final ByteBuilder key = entry.key();
  private final EntryBytes value = entry.value();
  private int next;

  /**
   * The rows that are not over.
   *
   * @param latest the order of rows of one key
   * @param ordered whether they are to be in this order; otherwise they are as they came
   */
  JoinRun(JoinSide side, JoinKeys keys, JoinLatest latest, boolean ordered) {
    this.side = side;
    this.keys = keys;
    this.latest = latest;
    this.ordered = ordered;
    this.rows = rows();
  }

  private int[] rows() {
    int[] all = new int[side.live()];
    int count = 0;
    for (int id : keys.order()) {
      if (ordered) {
        for (int row : latest.ordered(id)) {
          if (!side.isOver(row)) {
            all[count++] = row;
          }
        }
        continue;
      }
      for (int row = side.first(id); row >= 0; row = side.next(row)) {
        if (!side.isOver(row)) {
          all[count++] = row;
        }
      }
    }
    for (int row = 0; count < all.length; row++) {
      if (side.key(row) < 0 && !side.isOver(row)) {
        all[count++] = row;
      }
    }
    return all;
  }

  @Override
  public boolean next() throws IOException {
    if (next == rows.length) {
      return false;
    }
    int row = rows[next++];
    ByteBuilder start = keys.start(side.key(row));
    key.truncate(0);
    key.append(start.array(), 0, start.length());
    if (ordered) {
      latest.place(row, key);
    }
    number(side.number(row), key);
    StateOutput output = value.begin();
    output.number(side.expiry(row));
    RowBytes.write(side.chunk(row), side.place(row), output);
    int unused = value.end();
    return true;
  }

  /** Appends a number of 0 or more as bytes of the same order. */
  static void number(long number, ByteBuilder to) {
    SpilledGroups.bigEndian(number, to.room(KeyedRuns.NUMBER), to.length());
    to.advance(KeyedRuns.NUMBER);
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
