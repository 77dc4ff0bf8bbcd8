package io.penstock.testkit;

import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must hold for a sink of a run that keeps state: the process may die before any operation on
 * the disk, also while it recovers, and in the end each row is there once; a reader never sees a
 * row of an epoch that is not decided, and never loses one it has seen.
 */
public final class SinkLaw {
  private final Target target;
  private final List<List<SinkRows>> epochs;
  private final boolean spooled;

  /**
   * The law for a sink.
   *
   * @param epochs the rows of each epoch, from the first on
   * @param spooled whether the engine keeps the rows and the sink delivers them
   */
  public SinkLaw(Target target, List<List<SinkRows>> epochs, boolean spooled) {
    this.target = target;
    this.epochs = List.copyOf(epochs);
    this.spooled = spooled;
  }

  /** What the sink writes to. */
  public interface Target {
    /** A new, empty disk. */
    Disk disk() throws IOException;

    /** Opens the sink, as a new process would. */
    Sink open(Disk disk) throws IOException;

    /** The rows that a reader sees, in an order of its own, each as a text. */
    List<String> seen(Disk disk) throws IOException;

    /** The rows of an epoch as a reader sees them. */
    List<String> texts(List<SinkRows> rows);

    /** What is left over and should not be; empty for nothing. */
    List<String> leftOver(Disk disk) throws IOException;
  }

  /** What the engine's checkpoint holds. */
  private static final class Kept {
    private long decided;
    private List<Staged> staged = List.of();
    private Optional<Staged> mark = Optional.empty();
    private long finished;
  }

  /**
   * Dies once before each operation, and then once more before each of the first ones after that.
   *
   * @param nested how many operations of the recovery are tried
   * @return how many runs there were
   */
  public long check(StoppingDisk.Fault fault, int nested) throws IOException {
    long runs = 0;
    for (long first = 1; ; first++) {
      Disk disk = target.disk();
      Kept kept = new Kept();
      boolean died = dies(disk, kept, new StoppingDisk(disk, first, fault));
      runs++;
      if (!died) {
        end(disk, kept);
        return runs;
      }
      for (int second = 1; second <= nested; second++) {
        runs++;
        twice(first, second, fault);
      }
      see(disk, kept);
      run(disk, kept);
      end(disk, kept);
    }
  }

  private void twice(long first, int second, StoppingDisk.Fault fault) throws IOException {
    Disk disk = target.disk();
    Kept kept = new Kept();
    if (dies(disk, kept, new StoppingDisk(disk, first, fault))
        && dies(disk, kept, new StoppingDisk(disk, second, fault))) {
      see(disk, kept);
      run(disk, kept);
    }
    end(disk, kept);
  }

  private boolean dies(Disk disk, Kept kept, StoppingDisk stopping) throws IOException {
    try {
      run(stopping, kept);
      return false;
    } catch (StoppingDisk.Stopped died) {
      see(disk, kept);
      return true;
    }
  }

  /** One process: recovery, then the epochs that are left. */
  private void run(Disk disk, Kept kept) throws IOException {
    // A process that died closes nothing.
    Sink sink = target.open(disk);
    if (kept.mark.isPresent()) {
      sink.resume(kept.mark.get());
    }
    if (kept.decided > 0) {
      settle(sink, kept);
    }
    if (spooled) {
      spool(sink, kept);
    } else {
      sink.abort(kept.decided + 1, List.of());
      stage(sink, kept);
    }
    sink.close();
  }

  private void stage(Sink sink, Kept kept) throws IOException {
    SinkWriter writer = sink.writer(0);
    while (kept.decided < epochs.size()) {
      long epoch = kept.decided + 1;
      for (SinkRows rows : epochs.get((int) kept.decided)) {
        expectNone(writer.write(rows));
      }
      List<Staged> staged = writer.prepare(epoch);
      writer.forcing().force();
      kept.staged = staged;
      kept.decided = epoch;
      settle(sink, kept);
    }
    writer.close();
  }

  private void spool(Sink sink, Kept kept) throws IOException {
    while (kept.decided < epochs.size()) {
      kept.mark = Optional.of(sink.mark());
      kept.decided++;
      settle(sink, kept);
    }
  }

  private void settle(Sink sink, Kept kept) throws IOException {
    long epoch = kept.decided;
    if (spooled) {
      Spool spool = new Spool(epochs.get((int) epoch - 1));
      expectNone(sink.deliver(epoch, epoch - 1, spool));
    } else {
      expectNone(sink.commit(epoch, epoch - 1, kept.staged));
    }
    kept.finished = epoch;
  }

  private static void expectNone(Rejects rejects) {
    if (!rejects.rows().isEmpty()) {
      throw new AssertionError("rejected: " + rejects);
    }
  }

  /** What a reader may see at any time. */
  private void see(Disk disk, Kept kept) throws IOException {
    List<String> seen = target.seen(disk);
    List<String> rest = new ArrayList<>(seen);
    for (String row : rows(kept.finished)) {
      if (!rest.remove(row)) {
        throw new AssertionError("of epoch " + kept.finished + " or before is lost: " + row);
      }
    }
    if (spooled) {
      // The last row may be half there.
      return;
    }
    List<String> decided = rows(kept.decided);
    rows(kept.finished).forEach(decided::remove);
    for (String row : rest) {
      if (!decided.remove(row)) {
        throw new AssertionError("seen before epoch " + (kept.decided + 1) + " is decided: " + row);
      }
    }
  }

  private void end(Disk disk, Kept kept) throws IOException {
    List<String> seen = new ArrayList<>(target.seen(disk));
    List<String> expected = rows(kept.decided);
    seen.sort(null);
    expected.sort(null);
    if (!seen.equals(expected)) {
      throw new AssertionError("there is " + seen + " and not " + expected);
    }
    List<String> left = target.leftOver(disk);
    if (!left.isEmpty()) {
      throw new AssertionError("left over: " + left);
    }
  }

  private List<String> rows(long upTo) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < upTo; i++) {
      rows.addAll(target.texts(epochs.get(i)));
    }
    return rows;
  }

  /** An epoch in memory. */
  public static final class Spool implements SpoolReader {
    private final List<SinkRows> batches;
    private int next;

    /** The rows of an epoch. */
    public Spool(List<SinkRows> batches) {
      this.batches = List.copyOf(batches);
    }

    @Override
    public long rows() {
      return batches.stream().mapToLong(rows -> rows.rows().size()).sum();
    }

    @Override
    public Optional<SinkRows> next() {
      return next == batches.size() ? Optional.empty() : Optional.of(batches.get(next++));
    }

    @Override
    public void rewind() {
      next = 0;
    }
  }
}
