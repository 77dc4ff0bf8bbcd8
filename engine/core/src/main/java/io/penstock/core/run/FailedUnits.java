package io.penstock.core.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The failures that workers met, in the order of the source: one of them ends the run only when all
 * units before it are through, so that it is the same one however many workers there are.
 * Thread-safe.
 */
final class FailedUnits {
  private static final class Line {
    private final Set<Long> early = new HashSet<>();
    private final SortedMap<Long, RuntimeException> failed = new TreeMap<>();
    private long next;
  }

  private final Map<String, Line> lines = new HashMap<>();
  private volatile @Nullable RuntimeException first;
  private volatile boolean any;

  /** A unit of a source is through. */
  synchronized void through(String source, long unit) {
    Line line = line(source);
    line.early.add(unit);
    while (line.early.remove(line.next)) {
      line.next++;
    }
    judge(line);
  }

  /** A unit of a source cannot be worked on to its end. */
  synchronized void failed(String source, long unit, RuntimeException why) {
    Line line = line(source);
    line.failed.put(unit, why);
    any = true;
    judge(line);
  }

  /** Whether a unit before this one has failed, so that nobody wants this one any more. */
  boolean isBehind(String source, long unit) {
    if (!any) {
      return false;
    }
    synchronized (this) {
      Line line = line(source);
      return !line.failed.isEmpty() && line.failed.firstKey() < unit;
    }
  }

  /** What ends the run, once all units before are through. */
  Optional<RuntimeException> first() {
    return Optional.ofNullable(first);
  }

  private Line line(String source) {
    return lines.computeIfAbsent(source, s -> new Line());
  }

  private void judge(Line line) {
    if (first == null && !line.failed.isEmpty() && line.failed.firstKey() == line.next) {
      first = line.failed.get(line.next);
    }
  }
}
