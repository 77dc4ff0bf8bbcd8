package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who wanted to connect and was turned away, and why: each is told once, and so many that nobody
 * can fill the log. Single-threaded.
 */
final class TurnedAway {
  static final int MOST = 100;

  private final String step;
  private final Set<String> told = new HashSet<>();
  private final List<Problem> waiting = new ArrayList<>();

  TurnedAway(String step) {
    this.step = step;
  }

  /**
   * Somebody was turned away.
   *
   * @param why words that follow their address
   */
  void add(String remote, String why) {
    if (told.size() < MOST && told.add(remote + " " + why)) {
      waiting.add(problem("`" + remote + "` " + why));
      if (told.size() == MOST) {
        waiting.add(problem("others were turned away too, which is no longer told"));
      }
    }
  }

  private Problem problem(String message) {
    return Problem.of(
        ProblemCode.W570,
        Origin.file(step),
        message,
        "have them connect by TLS, with a certificate that `tls` accepts where it has `ca`");
  }

  /** What is new since the last time. */
  List<Problem> take() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Problem> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
