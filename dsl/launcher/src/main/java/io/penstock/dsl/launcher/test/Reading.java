package io.penstock.dsl.launcher.test;

import java.util.List;

/**
 * How far the sources of a test were read, over all lives of a run: what is read again after a kill
 * counts once. Thread-safe.
 */
final class Reading {
  private final TestClock clock;
  private int rows;
  private int restarts;

  /** The entries of one source. */
  final class Of {
    private final List<Entry> entries;
    private int furthest;

    private Of(List<Entry> entries) {
      this.entries = entries;
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

  /** How many rows were read. */
  synchronized int rows() {
    return rows;
  }

  /** How many restarts were passed. */
  synchronized int restarts() {
    return restarts;
  }
}
