package io.penstock.core.operator;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.NoSpaceException;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Entries;
import io.penstock.core.state.KeptSegments;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.SortedRuns;
import java.io.IOException;
import java.util.List;

/**
 * What a step holds over batches: a table in memory, and sorted runs of what is no longer in it. A
 * table goes to a run when the memory does not suffice, and to a segment at a snapshot. So a
 * snapshot costs what has changed since the one before, and to restore one costs nothing: segments
 * are read when the results are wanted. Single-threaded.
 */
final class StepStore implements Stored, AutoCloseable {
  /** What a step has in memory. */
  interface Table {
    boolean isEmpty();

    /** About how many bytes of memory it takes. */
    long bytes();

    /** Whether it must not grow much, however much memory there is. */
    boolean isNearlyFull();

    /** What it holds as entries, in order; it stays as it is. */
    Entries sorted() throws IOException;

    /** Forgets what it holds. */
    void clear();

    /** Entries of several tables, those of one key joined where that can be. */
    Entries joined(Entries sorted);

    /** How many keys were met so far, in this table and those before. */
    long met();

    /** Goes on after so many keys. */
    void goOn(long met);
  }

  /** Memory is about so many times what it is in a file. */
  private static final int PACKED = 4;

  private final LogicalNode node;
  private final MemoryBudget memory;
  private final MemoryBudget.Share share;
  private final Table table;
  private final SortedRuns spilled;
  private final KeptSegments kept = new KeptSegments();
  private long held;

  StepStore(StepContext context, Table table) {
    this.node = context.node();
    this.memory = context.memory();
    this.share = memory.share(node);
    this.table = table;
    this.spilled = new SortedRuns(memory.spill());
  }

  /** Whether all is in the table. */
  boolean isInMemory() {
    return spilled.isEmpty() && kept.isEmpty();
  }

  /** The table has changed: where it takes more memory than there is, it is spilled. */
  void changed() {
    boolean fits = settle();
    if ((!fits && memory.isWorthGivingUp(held) || table.isNearlyFull()) && !table.isEmpty()) {
      spill();
    }
  }

  /** How many bytes of memory it takes. */
  long held() {
    return held;
  }

  /** Puts what is in the table on the disk; false where there was nothing. */
  boolean giveUp() {
    if (table.isEmpty()) {
      return false;
    }
    spill();
    return true;
  }

  private boolean settle() {
    long now = table.bytes();
    boolean fits = share.hold(now - held);
    held = now;
    return fits;
  }

  private void spill() {
    try {
      spilled.add(table.sorted());
    } catch (IOException e) {
      throw noRoom(e);
    }
    table.clear();
    settle();
  }

  /** All that the step holds, in the order of keys, to be closed; what it holds stays as it is. */
  Entries all() throws IOException {
    if (!table.isEmpty() && !isInMemory()) {
      spill();
    }
    List<Entries> last = table.isEmpty() ? List.of() : List.of(table.sorted());
    return spilled.entries(kept.open(), last);
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    List<Entries> last = table.isEmpty() ? List.of() : List.of(table.sorted());
    kept.snapshot(
        to, new KeptSegments.Fresh(spilled, last, held / PACKED, table.met()), table::joined);
    spilled.close();
    table.clear();
    settle();
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    table.goOn(kept.restore(from));
  }

  /** What an error of the disk means for this step. */
  PipelineException noRoom(IOException e) {
    return failure(node, e);
  }

  static PipelineException failure(LogicalNode node, IOException e) {
    if (e instanceof DamagedException) {
      return new PipelineException(
          Problem.of(
              ProblemCode.R103,
              node.origin(),
              "the step `" + node.step() + "` cannot read what it holds: " + e.getMessage(),
              "look whether the disk is sound"),
          e);
    }
    if (!(e instanceof NoSpaceException)) {
      return new PipelineException(
          Problem.of(
              ProblemCode.R109,
              node.origin(),
              "the disk fails what the step `" + node.step() + "` holds: " + e.getMessage(),
              "mend the disk, then start again"),
          e);
    }
    return new PipelineException(
        Problem.of(
            ProblemCode.R402,
            node.origin(),
            "the step `"
                + node.step()
                + "` holds more than fits into memory, and the rest cannot be put on the disk: "
                + e.getMessage(),
            "make room there, or give Java more memory with `-Xmx`"),
        e);
  }

  @Override
  public void close() {
    share.close();
    held = 0;
    try {
      spilled.close();
    } catch (IOException e) {
      // What is left is deleted with the folder.
    }
  }
}
