package io.penstock.dsl.language.check;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.transform.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name {@code slot} in the templates of sinks: the time for which the batch was planned. A
 * field that the rows are known to have comes before it.
 */
final class SlotNames {
  private static final String NAME = "slot";
  private static final String CALL = "()";

  /** Quoted texts, which are passed over, or the name where it is no part of a path or a call. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`"
              + "|(?<![\\p{L}\\p{N}_.])(?<name>slot)(?![\\p{L}\\p{N}_]|\\s*[(:])");

  private final boolean scheduled;
  private final Problems problems;

  /**
   * Names.
   *
   * @param scheduled whether there are slots
   */
  SlotNames(boolean scheduled, Problems problems) {
    this.scheduled = scheduled;
    this.problems = problems;
  }

  /** The expression in which the name is a call; empty where there are no slots, reported. */
  Optional<ExpressionText> of(ExpressionText written, Rows rows) {
    boolean field = rows.schema().indexOf(NAME) >= 0;
    List<Integer> found = field ? List.of() : found(written.text());
    if (found.isEmpty()) {
      return Optional.of(written);
    }
    if (!scheduled) {
      report(written, found.get(0), rows);
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(written.text());
    for (int i = found.size() - 1; i >= 0; i--) {
      text.insert(found.get(i) + NAME.length(), CALL);
    }
    return Optional.of(
        new ExpressionText(
            text.toString(),
            (offset, length) -> written.places().at(before(found, offset), length)));
  }

  private void report(ExpressionText written, int at, Rows rows) {
    if (rows.known()) {
      problems.add(
          ProblemCode.E503,
          written.places().at(at, NAME.length()),
          "`{slot}` is a time of the schedule, and the pipeline has none",
          rows.schema().open()
              ? "add `run: { schedule: { every: 1h } }`; a field is `{row['slot']}`"
              : "add `run: { schedule: { every: 1h } }`");
    }
  }

  private static List<Integer> found(String text) {
    List<Integer> all = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (token.group("name") != null) {
        all.add(token.start());
      }
    }
    return all;
  }

  /** Where a character of the new text stands in the one that was written. */
  private static int before(List<Integer> found, int offset) {
    int at = offset;
    for (int name : found) {
      // What is inside the call has the place of the name.
      int inside = at - (name + NAME.length());
      at -= inside < 0 ? 0 : Math.min(inside + 1, CALL.length());
    }
    return at;
  }
}
