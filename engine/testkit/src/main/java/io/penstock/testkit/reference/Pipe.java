package io.penstock.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A pipeline with its input.
 *
 * @param unit how many microseconds all its lengths of time are multiples of
 */
public record Pipe(long unit, List<Source> sources, List<Stage> stages) {
  /** Ends the name of an output whose order counts. */
  public static final String IN_ORDER = " in order";

  public Pipe {
    sources = List.copyOf(sources);
    stages = List.copyOf(stages);
  }

  /**
   * A source of several partitions.
   *
   * @param outOfOrder microseconds; empty: unbounded
   * @param timedLater whether a step gives rows their times, not the source
   * @param splits the rows of each partition in their order, without marks but time
   */
  public record Source(
      String name, OptionalLong outOfOrder, boolean timedLater, List<List<Row>> splits) {}

  /**
   * A step.
   *
   * @param inputs names of sources or of steps before
   */
  public record Stage(String name, Step step, List<String> inputs) {
    /** Whether the order of the rows that come out is settled, when these come in. */
    boolean isInOrder(List<Row> rows) {
      boolean byTime =
          step instanceof Step.SortByTime
              || step instanceof Step.Over
              || step instanceof Step.Deduplicate deduplicate
                  && deduplicate.keep() != Step.Keep.FIRST;
      return byTime && rows.stream().allMatch(row -> row.mark().place().isPresent());
    }
  }

  /** The pipeline and its input as text, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Source source : sources) {
      lines.add(
          source.name()
              + ": out_of_order "
              + Row.text(source.outOfOrder())
              + ", later "
              + source.timedLater());
      for (List<Row> split : source.splits()) {
        lines.add("  partition");
        split.forEach(row -> lines.add("    " + row.text() + " @" + row.time()));
      }
    }
    stages.forEach(stage -> lines.add(stage.name() + " " + stage.inputs() + ": " + stage.step()));
    return lines;
  }
}
