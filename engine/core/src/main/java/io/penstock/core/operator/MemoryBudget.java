package io.penstock.core.operator;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.report.RunReport;
import io.penstock.core.state.SpillFolder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The memory that all steps of a run together may hold over batches, and the folder for what does
 * not fit. Thread-safe.
 */
public final class MemoryBudget {
  /** A step that holds less than this share is not asked to give it up: it would not help. */
  private static final int LEAST_SHARE = 16;

  /** The share of what a step sorts at the end. */
  private static final int SORT_SHARE = 4;

  private static final long MOST_SORT = 64 << 20;

  /** What the tables of a step may take that are nearly empty. */
  private static final long EMPTY_TABLES = 1 << 20;

  /** How many of those who hold memory are named. */
  private static final int LARGEST = 3;

  private final long most;
  private final SpillFolder spill;
  private final AtomicLong held = new AtomicLong();
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();

  public MemoryBudget(long most, SpillFolder spill) {
    this.most = most;
    this.spill = spill;
  }

  SpillFolder spill() {
    return spill;
  }

  /** What all tasks of a step hold together. */
  private static final class Holder {
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    void add(long more) {
      long sum = now.addAndGet(more);
      if (more > 0 && sum > most.get()) {
        most.accumulateAndGet(sum, Math::max);
      }
    }
  }

  /** What one task of a step holds. */
  final class Share {
    private final LogicalNode node;
    private final Holder step;
    private final AtomicLong bytes = new AtomicLong();

    private Share(LogicalNode node) {
      this.node = node;
      this.step = holders.computeIfAbsent(node.step(), name -> new Holder());
    }

    /** It holds more, or less where negative; false where all is more than there is. */
    boolean hold(long more) {
      bytes.addAndGet(more);
      step.add(more);
      return held.addAndGet(more) <= most;
    }

    /** It holds nothing any more. */
    void close() {
      long gone = bytes.getAndSet(0);
      step.add(-gone);
      held.addAndGet(-gone);
      shares.remove(this);
    }
  }

  /** One more task of a step, which holds nothing yet. */
  Share share(LogicalNode node) {
    Share share = new Share(node);
    shares.add(share);
    return share;
  }

  /**
   * The steps that hold the most, at most three, each with its place in the file and how much that
   * is, in words; empty where none holds anything.
   */
  public String largest() {
    Map<String, Long> bySteps = new LinkedHashMap<>();
    for (Share share : shares) {
      long bytes = share.bytes.get();
      if (bytes > 0) {
        bySteps.merge(
            "`" + share.node.step() + "` (" + share.node.origin() + ") ", bytes, Long::sum);
      }
    }
    return bySteps.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(LARGEST)
        .map(entry -> entry.getKey() + size(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? Math.max(1, bytes >> 10) + " KiB"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  /** What a step holds over batches, by its name; a sink holds nothing. */
  public RunReport.Held held(String step) {
    Holder holder = holders.get(step);
    return holder == null
        ? RunReport.Held.NOTHING
        : new RunReport.Held(holder.now.get(), holder.most.get());
  }

  /** How many bytes all steps hold now. */
  public long held() {
    return held.get();
  }

  /** Whether all that steps hold is no more than there is. */
  boolean suffices() {
    return held.get() <= most;
  }

  /** Whether a step that holds so much should give it up where there is not enough. */
  boolean isWorthGivingUp(long bytes) {
    return bytes >= most / LEAST_SHARE;
  }

  /** Whether a step whose tables double should not grow on: it would hold more than there is. */
  boolean isHalf(long bytes) {
    return bytes >= most / 2;
  }

  /** How many bytes a step may take to put its results in order. */
  long toSort() {
    return Math.min(MOST_SORT, most / SORT_SHARE);
  }

  /** Ends the run where one group, which cannot be parted, takes more than all there is. */
  void requireRoom(LogicalNode node, long bytes) {
    requireRoom(node, "one group", "it is", bytes);
  }

  /**
   * Ends the run where things that a step gives nothing of to the disk take more than all there is.
   *
   * @param what several things
   */
  void requireRoom(LogicalNode node, String what, long bytes) {
    requireRoom(node, what, "they are", bytes);
  }

  /** The same where tables that are nearly empty are no reason to end a run. */
  void requireTables(LogicalNode node, String what, long bytes) {
    if (bytes > EMPTY_TABLES) {
      requireRoom(node, what, bytes);
    }
  }

  private void requireRoom(LogicalNode node, String what, String is, long bytes) {
    if (bytes > most) {
      String others = largest();
      throw new PipelineException(
          Problem.of(
              ProblemCode.R401,
              node.origin(),
              "the step `"
                  + node.step()
                  + "` must hold "
                  + what
                  + " of "
                  + size(bytes)
                  + " in memory, and "
                  + is
                  + " more than the "
                  + size(most)
                  + " that steps may hold together"
                  + (others.isEmpty() ? "" : "; held now: " + others),
              "give Java more memory with `-Xmx`, or filter and select before this step"));
    }
  }
}
