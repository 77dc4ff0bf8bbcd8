package io.penstock.testkit.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A database on another machine: rows, and for each run and sink the last epoch, changed together
 * in transactions. The answer to a commit may be lost.
 */
public final class Database {
  private final Power power;
  private final List<String> rows = new ArrayList<>();
  private final Map<String, Long> epochs = new TreeMap<>();
  private long version;

  /** An empty one, asked by processes that have this power. */
  public Database(Power power) {
    this.power = power;
  }

  /** What anybody who asks gets, in the order of the commits. */
  public List<String> rows() {
    return List.copyOf(rows);
  }

  /** Moves on with each commit. */
  public long version() {
    return version;
  }

  /** The last epoch of any writer, as anybody sees it; empty for none. */
  public Optional<Long> lastEpoch() {
    return epochs.values().stream().max(Long::compare);
  }

  /** The last epoch of this writer; empty for none. */
  public OptionalLong epoch(String writer) {
    power.step("query", writer, 0);
    Long epoch = epochs.get(writer);
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  /** Commits rows without an epoch. */
  public void insert(List<String> added) {
    power.step("insert", "", added.size());
    rows.addAll(added);
    version++;
  }

  /**
   * Commits rows together with the writer's epoch.
   *
   * @return false where the writer's epoch is not the previous one, and nothing was done
   * @throws IOException where the answer is lost
   */
  public boolean commit(String writer, long previous, long epoch, List<String> added)
      throws IOException {
    power.step("commit", writer, epoch);
    if (epochs.getOrDefault(writer, 0L) != previous) {
      return false;
    }
    Optional<Fault> lost = power.strikes(Fault.Kind.ANSWER_LOST);
    if (lost.isEmpty() || lost.get().amount() % 2 == 0) {
      rows.addAll(added);
      epochs.put(writer, epoch);
      version++;
    }
    if (lost.isPresent()) {
      throw new IOException("Connection reset");
    }
    power.step("committed", writer, epoch);
    return true;
  }
}
