package io.penstock.core.run;

import io.penstock.core.operator.TimeTracker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far the partitions of sources that meet in a step with time have come, and which of them are
 * so far ahead of the slowest that they are not read for now. Who is idle, or has nothing more to
 * give, keeps nobody waiting. So the slowest one is always read. Told by the workers, asked by the
 * reading tasks and the supervisor; thread-safe: every call takes the one lock, once for a unit.
 */
final class Drift {
  /**
   * Sources that meet.
   *
   * @param sources by name
   * @param followed those of them whose time is known where they are read
   * @param most how far one may be ahead, microseconds
   */
  record Group(Set<String> sources, Set<String> followed, long most) {
    Group {
      sources = Set.copyOf(sources);
      followed = Set.copyOf(followed);
    }
  }

  private static final class Partition {
    private final Map<String, Long> times = new HashMap<>();
    private boolean idle;
    private boolean spent;

    long time() {
      long least = Long.MAX_VALUE;
      for (long time : times.values()) {
        least = Math.min(least, time);
      }
      return least;
    }
  }

  private final Map<String, Group> groups = new HashMap<>();
  private final Map<String, Map<String, Partition>> sources = new LinkedHashMap<>();
  private final Set<String> exhausted = new HashSet<>();

  Drift(List<Group> all) {
    for (Group group : all) {
      group.sources().forEach(source -> groups.put(source, group));
      group.followed().forEach(source -> sources.put(source, new LinkedHashMap<>()));
    }
  }

  /** The sources that a source is read together with, itself among them. */
  Set<String> together(String source) {
    return Optional.ofNullable(groups.get(source)).map(Group::sources).orElse(Set.of(source));
  }

  /**
   * A partition has come so far by the time that a step gives its rows, or is idle.
   *
   * @param watermark {@link TimeTracker#NOTHING} where it only shows itself
   */
  synchronized void told(Watermarks.Key key, String timer, long watermark, boolean idle) {
    Map<String, Partition> partitions = sources.get(key.source());
    if (partitions == null) {
      return;
    }
    Partition partition = partitions.computeIfAbsent(key.partition(), p -> new Partition());
    partition.times.merge(timer, watermark, Math::max);
    partition.idle = idle;
  }

  /** A source gives nothing more for now: up to its bound, or at all. */
  synchronized void exhausted(String source) {
    exhausted.add(source);
  }

  private synchronized void spent(String source, Set<String> but) {
    sources
        .getOrDefault(source, Map.of())
        .forEach((name, partition) -> partition.spent |= !but.contains(name));
  }

  /** Whether all partitions of a source are too far ahead. */
  synchronized boolean holds(String source) {
    Map<String, Partition> own = sources.get(source);
    if (own == null || own.isEmpty()) {
      return false;
    }
    long bound = bound(source);
    return own.values().stream().allMatch(partition -> partition.spent || partition.time() > bound);
  }

  /** The partitions of a source that are too far ahead. */
  synchronized Set<String> ahead(String source) {
    Map<String, Partition> own = sources.get(source);
    if (own == null || own.size() < 2) {
      return Set.of();
    }
    long bound = bound(source);
    Set<String> ahead = new HashSet<>();
    own.forEach(
        (name, partition) -> {
          if (!partition.spent && partition.time() > bound) {
            ahead.add(name);
          }
        });
    return ahead;
  }

  /** The time up to which partitions are read. */
  private long bound(String source) {
    Group group = java.util.Objects.requireNonNull(groups.get(source));
    long least = Long.MAX_VALUE;
    for (String each : group.followed()) {
      if (exhausted.contains(each)) {
        continue;
      }
      for (Partition partition : sources.getOrDefault(each, Map.of()).values()) {
        least = partition.idle || partition.spent ? least : Math.min(least, partition.time());
      }
    }
    return least > Long.MAX_VALUE - group.most() ? Long.MAX_VALUE : least + group.most();
  }

  /** What a source may do, held back where it is too far ahead. */
  Intake intake(String source, Intake inner) {
    return new Intake() {
      @Override
      public Say now() {
        Say say = inner.now();
        return say == Say.READ && holds(source) ? Say.HOLD : say;
      }

      @Override
      public void read(io.penstock.core.operator.Unit unit) {
        inner.read(unit);
      }

      @Override
      public boolean boundIsEnd() {
        return inner.boundIsEnd();
      }

      @Override
      public Set<String> ahead() {
        return Drift.this.ahead(source);
      }

      @Override
      public void spent(Set<String> but) {
        Drift.this.spent(source, but);
      }

      @Override
      public void exhausted() {
        Drift.this.exhausted(source);
      }
    };
  }
}
