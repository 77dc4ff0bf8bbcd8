package io.penstock.core.run;

import io.penstock.api.system.Disk;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Checkpoints;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.optimise.Optimiser;
import io.penstock.core.physical.StepKey;
import io.penstock.core.state.DamagedException;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.simulation.Journal;
import io.penstock.testkit.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold of the figures in each checkpoint, where nothing is under way: what was read is
 * what the positions say, what a step was given has left it or is accounted for, what one hands on
 * the next one gets, and what became a letter came to the letters' sink. Positions never go back.
 */
final class Accounts {
  private static final String LETTERS = "sinks.dead_letter";

  private final SimulatedDisk disk;
  private final Path folder;
  private final LogicalPlan plan;
  private final List<Journal> journals;
  private final Map<String, Long> positions = new HashMap<>();
  private long looked;

  /**
   * The accounts of a run.
   *
   * @param plan as it was given to the engine
   */
  Accounts(SimulatedDisk disk, Path folder, LogicalPlan plan, List<Journal> journals) {
    this.disk = disk;
    this.folder = folder;
    this.plan = Optimiser.optimise(plan);
    this.journals = List.copyOf(journals);
  }

  /** What is wrong with the epochs that were decided since it was asked last. */
  Optional<String> check(List<Long> epochs) {
    long newest = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1);
    if (newest < looked) {
      // A decision went with the power before anybody acted upon it.
      looked = newest - 1;
      positions.clear();
    }
    for (long epoch : epochs) {
      if (epoch > looked) {
        looked = epoch;
        Optional<String> wrong = check(epoch);
        if (wrong.isPresent()) {
          return wrong.map(text -> "epoch " + epoch + ": " + text);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> check(long epoch) {
    Checkpoint point;
    try {
      point = read(epoch);
    } catch (DamagedException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + e);
    }
    for (Journal journal : journals) {
      Optional<String> wrong = read(point, journal);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    for (LogicalNode node : plan.nodes()) {
      Optional<String> wrong = step(point, node);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return letters(point);
  }

  /** Reads it as another process does, whether the run's own has ended or not. */
  private Checkpoint read(long epoch) throws IOException {
    Path file = folder.resolve("c-" + epoch);
    MemoryDisk copy = new MemoryDisk();
    byte[] bytes = disk.seen(file).orElseThrow();
    copy.createDirectories(folder);
    try (Disk.Writing writing = copy.create(file)) {
      writing.write(bytes, 0, bytes.length);
    }
    return new Checkpoints(copy, folder).read(epoch);
  }

  private static Checkpoint.Counts counts(Checkpoint point, String step) {
    return point.counts().getOrDefault(step, Checkpoint.Counts.NONE);
  }

  private Optional<String> read(Checkpoint point, Journal journal) {
    Checkpoint.SourceState state = point.sources().get(journal.name());
    if (state == null) {
      return Optional.of("it does not say how far `" + journal.name() + "` is read");
    }
    long read = 0;
    for (Checkpoint.SplitPosition split : state.splits()) {
      long at = split.position().offset();
      Long before = positions.put(split.split(), at);
      if (before != null && before > at) {
        return Optional.of(split.split() + " was at " + before + " and is at " + at);
      }
      read += at;
    }
    long in = counts(point, journal.name()).in();
    return in == read
        ? Optional.empty()
        : Optional.of(journal.name() + " is read up to row " + read + ", and counts " + in);
  }

  private Optional<String> step(Checkpoint point, LogicalNode node) {
    Checkpoint.Counts own = counts(point, StepKey.of(node).shown());
    long given = 0;
    for (LogicalNode.Input input : node.inputs()) {
      given += counts(point, StepKey.of(input).shown()).out();
    }
    if (!node.inputs().isEmpty() && given != own.in()) {
      return Optional.of(node.step() + " was given " + given + " rows: " + own);
    }
    long left = own.out() + own.filtered() + own.failed() + own.skipped() + own.deadLettered();
    // Groups come when all rows are in.
    boolean gathers = node.operation() instanceof Operation.Aggregate;
    return gathers || left == own.in()
        ? Optional.empty()
        : Optional.of(node.step() + " has taken in what has not left it: " + own);
  }

  private static Optional<String> letters(Checkpoint point) {
    long sent = 0;
    for (Checkpoint.Counts counts : point.counts().values()) {
      sent += counts.deadLettered();
    }
    long came = counts(point, LETTERS).in();
    return came == sent
        ? Optional.empty()
        : Optional.of(
            sent + " rows became letters, and " + came + " letters came: " + point.counts());
  }
}
