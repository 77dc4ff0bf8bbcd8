package io.penstock.dsl.launcher.problems;

import io.penstock.api.problem.Problem;
import io.penstock.dsl.language.text.ProblemText;

/** A problem as people read it, in colours where they show. */
public final class ProblemLines {
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final ProblemText text;
  private final boolean colours;

  public ProblemLines(Excerpts excerpts, boolean colours) {
    this.text = new ProblemText(excerpts::text);
    this.colours = colours;
  }

  /** The problem's lines, with a line end after each. */
  public String of(Problem problem) {
    String lines = text.of(problem);
    return colours ? painted(lines, problem) : lines;
  }

  private static String painted(String lines, Problem problem) {
    String place = problem.origin().toString();
    String code = problem.code().name();
    String colour = problem.isWarning() ? YELLOW : RED;
    String head = place + "  " + code;
    String painted = BOLD + place + PLAIN + "  " + colour + code + PLAIN;
    String body = lines.startsWith(head) ? painted + lines.substring(head.length()) : lines;
    int carets = body.lastIndexOf(" | ", Math.max(0, body.indexOf("^")));
    int from = body.indexOf('^', Math.max(0, carets));
    if (carets < 0 || from < 0 || !body.substring(carets + 3, from).isBlank()) {
      return body;
    }
    int to = from;
    while (to < body.length() && body.charAt(to) == '^') {
      to++;
    }
    return body.substring(0, from) + colour + body.substring(from, to) + PLAIN + body.substring(to);
  }
}
