package io.penstock.core.operator;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in memory, with the versions in which tasks may see it: the epoch that a row belongs to
 * says in which. Thread-safe.
 */
public final class TableVersions {
  /**
   * A version.
   *
   * @param from the first epoch that sees it
   */
  private record Version(long from, LookupTable table) {}

  // Replaced as a whole, in the order of epochs; never empty.
  private volatile List<Version> versions;

  /** A table whose first version is seen by all epochs. */
  public TableVersions(LookupTable first) {
    versions = List.of(new Version(Long.MIN_VALUE, first));
  }

  /** The table as rows of an epoch see it. */
  public LookupTable at(long epoch) {
    List<Version> all = versions;
    int last = all.size() - 1;
    while (last > 0 && all.get(last).from() > epoch) {
      last--;
    }
    return all.get(last).table();
  }

  /**
   * Another version, for an epoch and those behind it. It takes the place of one that was given for
   * the same epoch.
   *
   * @param epoch in which no task is yet
   */
  public void replace(long epoch, LookupTable table) {
    List<Version> next = new ArrayList<>(versions);
    next.removeIf(version -> version.from() >= epoch);
    next.add(new Version(epoch, table));
    versions = List.copyOf(next);
  }

  /** No task is in an epoch before this one any more, so that older versions may go. */
  public void forgetBefore(long epoch) {
    List<Version> all = versions;
    int first = 0;
    while (first + 1 < all.size() && all.get(first + 1).from() <= epoch) {
      first++;
    }
    if (first > 0) {
      versions = List.copyOf(all.subList(first, all.size()));
    }
  }
}
