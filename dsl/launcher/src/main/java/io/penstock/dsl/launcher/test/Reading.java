package io.penstock.dsl.launcher.test;

import java.util.List;

/**
 * How far the sources of a test were read, over all lives of a run: what is read again after a kill
 * counts once. Thread-safe.
 */
final class Reading {
  /** More rows than there are. */
  static final int ALL = Integer.MAX_VALUE;

  private final TestClock clock;
  private int last = ALL;
  private int rows;
  private int restarts;
  private int recovered = ALL;

  /** The entries of one source. */
  final class Of {
    private final List<Entry> entries;
    private int furthest;

    private Of(List<Entry> entries) {
      this.entries = entries;
    }

    /** How many rows from this entry on may be given: those given before, and those not held. */
    int room(int next) {
      synchronized (Reading.this) {
        int again = 0;
        for (Entry entry : entries.subList(next, Math.max(next, furthest))) {
          again += isRow(entry) ? 1 : 0;
        }
        return again > 0 ? again : isHeld() ? 0 : last - rows;
      }
    }

    /** The source has given all entries before this one. */
    void upTo(int next) {
      synchronized (Reading.this) {
        for (; furthest < next; furthest++) {
          pass(entries.get(furthest));
        }
      }
    }
  }

  Reading(TestClock clock) {
    this.clock = clock;
  }

  Of source(List<Entry> entries) {
    return new Of(entries);
  }

  private void pass(Entry entry) {
    if (entry instanceof Entry.Advance advance) {
      clock.advance(advance.by());
    } else if (entry instanceof Entry.Restart) {
      restarts++;
    } else {
      rows++;
    }
  }

  /** Whether it is a record. */
  static boolean isRow(Entry entry) {
    return entry instanceof Entry.Row
        || entry instanceof Entry.Changed
        || entry instanceof Entry.Raw;
  }

  /** How many rows were read. */
  synchronized int rows() {
    return rows;
  }

  /** No more than so many rows are to be read for now. */
  synchronized void holdBehind(int row) {
    last = row;
  }

  /** The run has recovered from all restarts so far, and is held at the next one. */
  synchronized void goOn() {
    recovered = restarts;
  }

  /** Whether nothing more is to be read for now. */
  synchronized boolean isHeld() {
    return rows >= last || restarts > recovered;
  }
}
