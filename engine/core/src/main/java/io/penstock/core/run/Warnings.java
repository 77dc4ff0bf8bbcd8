package io.penstock.core.run;

import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.operator.Broken;
import io.penstock.core.runner.RunRequest.LogLine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Odd things that a run has met and that lose nothing: each is said once in the log and stands in
 * the summary, so many of each code. Thread-safe.
 */
final class Warnings {
  /** How many warnings of one code are listed; the others are counted. */
  static final int MOST_OF_A_CODE = 100;

  private final Consumer<LogLine> log;
  private final Set<String> said = new LinkedHashSet<>();
  private final Map<ProblemCode, Integer> listed = new EnumMap<>(ProblemCode.class);
  private final Map<ProblemCode, Integer> further = new EnumMap<>(ProblemCode.class);

  Warnings(Consumer<LogLine> log) {
    this.log = log;
  }

  /** Something for the summary. */
  synchronized void add(String warning) {
    said.add(warning);
  }

  /** Something odd that a connector has met at a step. */
  synchronized void add(LogicalNode node, Problem problem) {
    Problem placed = Broken.placed(node, problem);
    String text =
        placed.code() + "  " + placed.message() + placed.hint().map(h -> ": " + h).orElse("");
    String line = placed.origin() + "  " + text;
    if (said.contains(line)) {
      return;
    }
    log.accept(new LogLine("warn", node.step(), text));
    if (listed.merge(placed.code(), 1, Integer::sum) <= MOST_OF_A_CODE) {
      said.add(line);
    } else {
      further.merge(placed.code(), 1, Integer::sum);
    }
  }

  /** What the summary says. */
  synchronized List<String> all() {
    List<String> all = new ArrayList<>(said);
    further.forEach((code, count) -> all.add(code + "  and " + count + " more, which the log has"));
    return List.copyOf(all);
  }
}
