package io.penstock.api.source;

import io.penstock.api.problem.Problem;
import java.util.List;

/**
 * What a look at the outside found: new splits in reading order, splits that have ended, gaps as
 * problems.
 */
public record Discovery(List<Split> added, List<Split> ended, List<Problem> problems) {
  public Discovery {
    added = List.copyOf(added);
    ended = List.copyOf(ended);
    problems = List.copyOf(problems);
  }
}
