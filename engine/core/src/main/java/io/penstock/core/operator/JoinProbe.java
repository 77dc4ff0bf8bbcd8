package io.penstock.core.operator;

/**
 * Rows of one input that look for partners among those of the other, and how far they have come.
 * Each meets those on the disk first, which came before those in memory; so partners come in the
 * order in which they came, wherever they are.
 */
final class JoinProbe {
  private final int side;
  private final int first;
  private final int[] ids;
  private final JoinKeys keys;
  private final JoinDisk disk;
  private final JoinGuests guests;
  private int row = -1;
  private int other = -1;
  private boolean onDisk;

  /**
   * Rows that have just come.
   *
   * @param first the place of the first of them
   * @param ids the number of each row's key
   * @param disk has rows of the other input
   * @param guests those of them that are met
   */
  JoinProbe(int side, int first, int[] ids, JoinKeys keys, JoinDisk disk, JoinGuests guests) {
    this.side = side;
    this.first = first;
    this.ids = ids;
    this.keys = keys;
    this.disk = disk;
    this.guests = guests;
  }

  /** Whether all have found theirs. */
  boolean isOver() {
    return row >= ids.length;
  }

  /** Finds the next pairs; how many they are. */
  int pairs(JoinSide[] sides, JoinEntry entry, int[] lefts, int[] rights) {
    JoinSide own = sides[side];
    JoinSide others = sides[1 - side];
    int count = 0;
    while (count < lefts.length && row < ids.length) {
      if (onDisk) {
        onDisk = disk.next();
        if (onDisk && meets(entry, own.time(first + row), disk.time())) {
          pair(disk.take(others, guests), lefts, rights, count++);
        }
      } else if (other >= 0) {
        if (!others.isOver(other)
            && !own.isOver(first + row)
            && meets(entry, own.time(first + row), others.time(other))) {
          pair(other, lefts, rights, count++);
        }
        other = others.next(other);
      } else if (++row < ids.length) {
        begin(others);
      }
    }
    guests.seat(others);
    return count;
  }

  private void begin(JoinSide others) {
    other = others.first(ids[row]);
    onDisk = ids[row] >= 0 && !disk.isEmpty();
    if (onDisk) {
      disk.seek(keys.start(ids[row]));
    }
  }

  private boolean meets(JoinEntry entry, long mine, long theirs) {
    return side == 0 ? entry.meet(mine, theirs) : entry.meet(theirs, mine);
  }

  private void pair(int other, int[] lefts, int[] rights, int at) {
    lefts[at] = side == 0 ? first + row : other;
    rights[at] = side == 0 ? other : first + row;
  }
}
