package io.penstock.dsl.language.text;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import java.util.Optional;
import java.util.function.Function;

/**
 * Problems as text, with the line that they are about and a caret below it.
 *
 * <pre>
 * orders.yaml:14:23  E301  unknown field `amout`
 *   14 |     filter: amout >= params.min_amount
 *      |             ^^^^^
 *   help: did you mean `amount`?
 * </pre>
 */
public final class ProblemText {
  private static final int WIDEST_LINE = 160;

  private final Function<String, Optional<SourceText>> files;

  /** Finds the text of a file by the name in the origin. */
  public ProblemText(Function<String, Optional<SourceText>> files) {
    this.files = files;
  }

  /** The problem over several lines, with a line end after each. */
  public String of(Problem problem) {
    StringBuilder out = new StringBuilder();
    Origin origin = problem.origin();
    out.append(origin).append("  ").append(problem.code()).append("  ").append(problem.message());
    out.append('\n');
    if (origin.line() > 0) {
      files.apply(origin.file()).ifPresent(text -> excerpt(out, text, origin));
    }
    problem.hint().ifPresent(hint -> out.append("  help: ").append(hint).append('\n'));
    return out.toString();
  }

  private static void excerpt(StringBuilder out, SourceText text, Origin origin) {
    String line = text.line(origin.line()).replace('\t', ' ');
    int points = line.codePointCount(0, line.length());
    int column = Math.max(1, Math.min(origin.column(), points + 1));
    int first = column > WIDEST_LINE - 20 ? column - WIDEST_LINE / 2 : 1;
    int last = Math.min(points, first + WIDEST_LINE - 1);
    String number = Integer.toString(origin.line());
    String shown =
        line.substring(line.offsetByCodePoints(0, first - 1), line.offsetByCodePoints(0, last));
    out.append("  ").append(number).append(" | ").append(shown).append('\n');
    if (origin.column() == 0) {
      return;
    }
    int length = Math.max(1, Math.min(origin.length(), Math.max(1, last - column + 1)));
    out.append("  ").append(" ".repeat(number.length())).append(" | ");
    out.append(" ".repeat(column - first)).append("^".repeat(length)).append('\n');
  }
}
