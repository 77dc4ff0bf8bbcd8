package io.penstock.core.checkpoint;

import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SegmentFolder;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Removes checkpoints that are older than the ones kept, then the files that only they named. A
 * file goes one decision later than its checkpoint, when that one's removal is durable; so a
 * checkpoint that a crash brings back still has its files.
 */
public final class Leftovers {
  private static final long PAUSE_NANOS = 50_000_000;

  private final Disk disk;
  private final RunFolder folder;
  private final Checkpoints checkpoints;
  private final SegmentFolder segments;
  private final SortedMap<Long, Set<String>> named = new TreeMap<>();
  // Nobody knows what these name, so every file stays as long as one of them does.
  private final Set<Long> damaged = new HashSet<>();
  private OptionalLong lookedNanos = OptionalLong.empty();

  public Leftovers(Disk disk, RunFolder folder, SegmentFolder segments) {
    this.disk = disk;
    this.folder = folder;
    this.checkpoints = folder.checkpoints();
    this.segments = segments;
  }

  /** Removes what a former process has begun and not decided. */
  public void begin() throws IOException {
    checkpoints.removeTemporary();
    for (long epoch : checkpoints.epochs()) {
      try {
        named.put(epoch, names(checkpoints.read(epoch)));
      } catch (DamagedException e) {
        damaged.add(epoch);
      }
    }
    remove(all(), Long.MAX_VALUE);
  }

  private static Set<String> names(Checkpoint point) {
    Set<String> names = new HashSet<>();
    for (Checkpoint.StageState stage : point.stages().values()) {
      for (Segment segment : stage.segments()) {
        if (segment instanceof Segment.InFile file) {
          names.add(file.name());
        }
      }
    }
    for (Checkpoint.SinkState sink : point.sinks().values()) {
      for (Staged staged : sink.staged()) {
        if (Spool.isInFile(staged)) {
          names.add(Spool.name(staged));
        }
      }
    }
    return names;
  }

  private Set<String> all() {
    Set<String> all = new HashSet<>();
    named.values().forEach(all::addAll);
    return all;
  }

  /**
   * An epoch was decided. Where the last look is not long ago and the run goes on, another one
   * comes later: it costs about as much as a decision.
   *
   * @param nanos now, by the monotonic clock
   */
  public void tidy(Checkpoint decided, long nanos) throws IOException {
    named.put(decided.epoch(), names(decided));
    damaged.remove(decided.epoch());
    boolean due = lookedNanos.isEmpty() || nanos - lookedNanos.getAsLong() >= PAUSE_NANOS;
    if (!due && decided.ending() == Checkpoint.Ending.GOES_ON) {
      return;
    }
    lookedNanos = OptionalLong.of(nanos);
    Set<String> needed = all();
    List<Long> left = checkpoints.retain();
    named.keySet().retainAll(left);
    damaged.retainAll(left);
    remove(needed, decided.epoch());
  }

  // The spool of an epoch that is not decided yet is being written.
  private void remove(Set<String> named, long upTo) throws IOException {
    if (!damaged.isEmpty()) {
      return;
    }
    segments.retain(named);
    Set<String> needed = new HashSet<>(named);
    needed.add(Delivered.NAME);
    for (Disk.Entry entry : disk.list(folder.spools())) {
      String name = String.valueOf(entry.path().getFileName());
      if (!needed.contains(name) && SpoolWriter.epoch(name) <= upTo) {
        disk.delete(entry.path());
      }
    }
  }
}
