package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.logical.Join;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.json.ByteBuilder;
import java.io.IOException;
import java.util.Optional;

/**
 * The rows of both inputs that a join holds, in memory as long as there is room, then on the disk.
 * Where the memory does not suffice, the side that takes more of it goes to the disk, whole: so the
 * rows there came before those in memory. Single-threaded.
 */
final class JoinHeld implements AutoCloseable {
  private static final int FEW = 1024;
  private static final int MOST_ROWS = 1 << 28;

  private final StepContext context;
  private final JoinEntry entry;
  private final JoinKeys keys;
  private final JoinSide[] sides = {new JoinSide(0), new JoinSide(0)};
  private final JoinDisk[] disks;
  private final JoinGuests[] guests;
  private final boolean[] marks;
  private final JoinExpiry expiry;
  private final JoinLatest latest;
  private final JoinSuperseded superseded;
  private final JoinLog log;
  private final MemoryBudget.Share share;
  private long held;

  JoinHeld(Join join, JoinEntry entry, JoinKeys keys, StepContext context) {
    this.context = context;
    this.entry = entry;
    this.keys = keys;
    this.share = context.memory().share(context.node());
    Join.Type type = join.type();
    boolean once = type.keepsLeft() || type == Join.Type.SEMI;
    this.marks = new boolean[] {!join.asOf() && once, type.keepsRight()};
    this.disks =
        new JoinDisk[] {
          new JoinDisk(!join.asOf(), false, context), new JoinDisk(true, join.asOf(), context)
        };
    this.guests = new JoinGuests[] {guests(0), guests(1)};
    this.expiry = new JoinExpiry(join, sides, disks, guests);
    this.latest = new JoinLatest(sides, disks[1], guests[1]);
    this.superseded = new JoinSuperseded(join, sides, latest);
    this.log = new JoinLog(context, entry);
  }

  private JoinGuests guests(int side) {
    return new JoinGuests(context.inputs().get(side), context.node().step());
  }

  /** The rows in memory, and guests behind them. */
  JoinSide[] sides() {
    return sides;
  }

  JoinExpiry expiry() {
    return expiry;
  }

  JoinSuperseded superseded() {
    return superseded;
  }

  JoinLog log() {
    return log;
  }

  /** Takes rows; the place of the first of them. */
  int add(int side, Batch rows, int[] ids) {
    int first = sides[side].add(rows, ids, entry.expiries(side, rows));
    added(side, first);
    return first;
  }

  private void added(int side, int first) {
    expiry.added(side, first);
    if (side == 1) {
      superseded.added(first);
    }
  }

  /** Lets rows that were added look for partners. */
  JoinProbe probe(int side, int first, int[] ids) {
    return new JoinProbe(side, first, ids, keys, disks[1 - side], guests[1 - side]);
  }

  /** Guests that came take their places. */
  void seat(int side) {
    guests[side].seat(sides[side]);
  }

  /** All guests go. */
  void leave() {
    guests[0].leave(sides[0]);
    guests[1].leave(sides[1]);
  }

  /** Whether a left row has met one. */
  boolean isMatched(int left) {
    return left < sides[0].size()
        ? sides[0].isMatched(left)
        : disks[0].isMatched(sides[0].number(left));
  }

  /** A row has met one. */
  void match(int side, int row) {
    if (!marks[side]) {
      return;
    }
    boolean here = row < sides[side].size();
    long number = sides[side].number(row);
    if (here ? sides[side].match(row) : disks[side].match(number)) {
      log.matched(side, number);
    }
  }

  /** The latest right row that a left row may meet and that fits; -1 for none. */
  int latest(int left, Optional<JoinLatest.Fits> fits) {
    boolean here = left < sides[0].size();
    if (here && sides[0].key(left) < 0) {
      return -1;
    }
    ByteBuilder start = here ? keys.start(sides[0].key(left)) : guests[0].start(sides[0], left);
    if (KeyStart.isNone(start.length())) {
      return -1;
    }
    long time = sides[0].time(left);
    JoinLatest.Wanted wanted =
        new JoinLatest.Wanted(
            here ? sides[0].key(left) : keys.find(start),
            start,
            entry.until(time),
            entry.since(time));
    try {
      return latest.find(wanted, fits);
    } catch (IOException e) {
      throw StepStore.failure(context.node(), e);
    }
  }

  /** Lets go of rows that are over, once they are more than those that are not. */
  void tidy(long watermark) {
    int all = sides[0].size() + sides[1].size();
    int live = sides[0].live() + sides[1].live();
    if (all > FEW && live < all / 2) {
      rebuild(true, true);
    }
    disks[0].reach(watermark);
    disks[1].reach(watermark);
    settle();
  }

  /** Puts the rows that are not over into new sides, but those of a side that does not stay. */
  private void rebuild(boolean left, boolean right) {
    JoinSide[] old = {sides[0], sides[1]};
    KeyIndex before = keys.clear();
    expiry.clear();
    latest.clear();
    superseded.clear();
    for (int side = 0; side < 2; side++) {
      sides[side] = new JoinSide(old[side].nextNumber());
      if (side == 0 ? left : right) {
        for (JoinSide.Left rows : old[side].left(0)) {
          added(side, rows.into(sides[side], ids -> keys.number(before, ids)));
        }
      }
    }
  }

  /** Counts what is held; what does not fit goes to the disk, the larger side first. */
  private void settle() {
    for (int i = 0; i < 2 && (!hold() && isWorthIt() || isNearlyFull()); i++) {
      int side = sides[0].bytes() >= sides[1].bytes() ? 0 : 1;
      disks[side].add(sides[side], keys, latest, row -> expiry.comesOut(side, row));
      rebuild(side == 1, side == 0);
    }
    if (!hold()) {
      long inMemory = disks[0].marks() + disks[1].marks() + log.bytes();
      context.memory().requireRoom(context.node(), "marks of its rows on the disk", inMemory);
    }
  }

  private boolean isWorthIt() {
    return context.memory().isWorthGivingUp(sides[0].bytes() + sides[1].bytes() + keys.bytes());
  }

  private boolean isNearlyFull() {
    return keys.isNearlyFull() || Math.max(sides[0].size(), sides[1].size()) > MOST_ROWS;
  }

  private boolean hold() {
    long now = sides[0].bytes() + sides[1].bytes() + keys.bytes();
    now += disks[0].bytes() + disks[1].bytes() + log.bytes();
    long more = now - held;
    held = now;
    return share.hold(more);
  }

  long held() {
    return held;
  }

  void snapshot(long watermark, long stamp, SnapshotWriter to) throws IOException {
    log.snapshot(new JoinLog.Rows(sides, disks), watermark, stamp, to);
  }

  void restore(SnapshotReader from) throws IOException {
    log.restore(from, new Taker());
    superseded.reach(log.watermark());
  }

  /** Takes back what was kept. */
  private final class Taker implements JoinLog.Taker {
    @Override
    public void begin() {
      for (int side = 0; side < 2; side++) {
        sides[side] = new JoinSide(log.next(side));
        disks[side].reach(log.watermark());
      }
    }

    @Override
    public void rows(JoinChunk chunk, long[] ends) {
      int side = chunk.side();
      int[] ids =
          chunk.starts().length > 0
              ? keys.number(chunk.starts())
              : keys.number(side, chunk.rows(), new RowErrors());
      int first = sides[side].add(chunk.rows(), ids, ends, chunk.numbers());
      for (int row = 0; row < chunk.met().length; row++) {
        boolean unused = chunk.met()[row] && sides[side].match(first + row);
      }
      added(side, first);
      settle();
    }

    @Override
    public void match(int side, long number) {
      int place = sides[side].place(number);
      boolean unused = place >= 0 ? sides[side].match(place) : disks[side].match(number);
    }
  }

  @Override
  public void close() {
    share.close();
    disks[0].close();
    disks[1].close();
  }
}
