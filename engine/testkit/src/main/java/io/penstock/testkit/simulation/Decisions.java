package io.penstock.testkit.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What must hold of the checkpoints in a folder, as others see them: decided epochs count by one
 * and never change. An epoch whose file was damaged may be decided once more, if the one before is
 * there and no output holds anything of it.
 */
public final class Decisions {
  private static final String PREFIX = "c-";

  private final SimulatedDisk disk;
  private final Path folder;
  private final TreeMap<Long, byte[]> decided = new TreeMap<>();
  private final Map<Path, Long> looked = new HashMap<>();
  // By epoch: the bytes before a bit of them turned.
  private final Map<Long, byte[]> damaged = new HashMap<>();
  private boolean mayFallBack;
  private boolean mayRefuse;

  /** Decisions in a folder of checkpoints. */
  public Decisions(SimulatedDisk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** The last epoch that was decided; 0 for none. */
  public long last() {
    return decided.isEmpty() ? 0 : decided.lastKey();
  }

  /** The epochs whose checkpoints are there, in order. */
  public List<Long> epochs() {
    List<Long> epochs = new ArrayList<>();
    for (String name : disk.seenNames(folder)) {
      if (name.startsWith(PREFIX)) {
        epochs.add(Long.parseLong(name.substring(PREFIX.length())));
      }
    }
    epochs.sort(null);
    return epochs;
  }

  private Path file(long epoch) {
    return folder.resolve(PREFIX + epoch);
  }

  /** What is wrong with what is there now; called often. */
  public Optional<String> check() {
    if (!isNew(folder)) {
      return Optional.empty();
    }
    List<Long> there = epochs();
    undone(there.isEmpty() ? 0 : there.get(there.size() - 1));
    for (long epoch : there) {
      if (isNew(file(epoch))) {
        Optional<String> wrong = check(epoch, disk.seen(file(epoch)).orElseThrow());
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A name that could not be made durable goes with the power, and the epoch with it, as long as
   * nobody has acted upon it: {@link #shown} says who has.
   */
  private void undone(long newest) {
    decided.tailMap(newest, false).keySet().removeIf(epoch -> !damaged.containsKey(epoch));
  }

  private boolean isNew(Path path) {
    long version = disk.version(path);
    Long before = looked.put(path, version);
    return before == null || before != version;
  }

  private Optional<String> check(long epoch, byte[] bytes) {
    if (!decided.isEmpty() && epoch > last() + 1) {
      return Optional.of("epoch " + epoch + " is decided after " + last());
    }
    byte[] before = decided.putIfAbsent(epoch, bytes);
    if (before == null || Arrays.equals(before, bytes)) {
      return Optional.empty();
    }
    byte[] whole = damaged.get(epoch);
    if (whole == null) {
      return Optional.of("epoch " + epoch + " was decided before, with other content");
    }
    if (bits(whole, bytes) == 1) {
      return Optional.empty();
    }
    if (!mayFallBack) {
      return Optional.of("epoch " + epoch + " is decided again, though outputs hold it");
    }
    damaged.remove(epoch);
    decided.put(epoch, bytes);
    return Optional.empty();
  }

  private static int bits(byte[] one, byte[] other) {
    if (one.length != other.length) {
      return Integer.MAX_VALUE;
    }
    int bits = 0;
    for (int i = 0; i < one.length; i++) {
      bits += Integer.bitCount((one[i] ^ other[i]) & 0xff);
    }
    return bits;
  }

  /**
   * A bit of the newest checkpoint is going to turn.
   *
   * @param outside the last epoch that each output holds; empty where it holds none
   * @return its file; empty where there is none
   */
  public Optional<Path> damage(List<Optional<Long>> outside) {
    List<Long> epochs = epochs();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    long newest = epochs.get(epochs.size() - 1);
    Path file = file(newest);
    byte[] whole = disk.seen(file).orElseThrow();
    // It may have been decided in a process's last step, which nobody looked at.
    byte[] unused = decided.putIfAbsent(newest, whole);
    damaged.put(newest, whole);
    boolean isOnly = epochs.stream().allMatch(damaged::containsKey);
    boolean isPast = outside.stream().anyMatch(held -> held.filter(e -> e >= newest).isPresent());
    mayFallBack = !isOnly && !isPast;
    // An output that holds nothing does not say whether it ever did.
    mayRefuse = !mayFallBack || outside.stream().anyMatch(Optional::isEmpty);
    return Optional.of(file);
  }

  /** Whether a checkpoint among those that are there is damaged. */
  public boolean isDamaged() {
    return epochs().stream().anyMatch(damaged::containsKey);
  }

  /** What is wrong with a run that refuses to go on. */
  public Optional<String> refused() {
    if (!isDamaged()) {
      return Optional.of("refused to go on, though no checkpoint is damaged");
    }
    return mayRefuse
        ? Optional.empty()
        : Optional.of("refused to go on, though no output holds the damaged epoch");
  }

  /** What is wrong with an output that holds this epoch. */
  public Optional<String> shown(String output, long epoch) {
    return epoch > last()
        ? Optional.of(output + " shows epoch " + epoch + ", and only " + last() + " is decided")
        : Optional.empty();
  }
}
