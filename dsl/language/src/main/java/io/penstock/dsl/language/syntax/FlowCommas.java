package io.penstock.dsl.language.syntax;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.TreeBuilder.Sized;
import io.penstock.dsl.language.text.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds calls that a comma inside braces has cut in two, {@code { s: f(a, b) }}, reports them, and
 * puts them together again so that nothing else is said of them.
 */
final class FlowCommas {
  private static final int MOST_PIECES = 40;

  private final SourceText text;
  private final Problems problems;

  FlowCommas(SourceText text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  /** Mends the values in place; keys that were pieces of a value go. */
  void inMapping(List<Sized> keys, List<Sized> values) {
    for (int i = 0; i < values.size(); i++) {
      int last = i;
      while (mayGoOn(values.get(i), i, last)
          && last + 1 < keys.size()
          && isPiece(keys.get(last + 1))
          && isNothing(values.get(last + 1))) {
        last++;
        if (closes(values.get(i), keys.get(last))) {
          values.set(i, joined(values.get(i), keys.get(last)));
          keys.subList(i + 1, last + 1).clear();
          values.subList(i + 1, last + 1).clear();
          break;
        }
      }
    }
  }

  /** The elements with the pieces put together. */
  List<Sized> inSequence(List<Sized> elements) {
    List<Sized> mended = new ArrayList<>(elements);
    for (int i = 0; i < mended.size(); i++) {
      int last = i;
      while (mayGoOn(mended.get(i), i, last)
          && last + 1 < mended.size()
          && isPiece(mended.get(last + 1))) {
        last++;
        if (closes(mended.get(i), mended.get(last))) {
          mended.set(i, joined(mended.get(i), mended.get(last)));
          mended.subList(i + 1, last + 1).clear();
          break;
        }
      }
    }
    return mended;
  }

  /** Only a value with an open parenthesis goes on, and no call has that many arguments. */
  private static boolean mayGoOn(Sized first, int from, int last) {
    return last - from < MOST_PIECES
        && first.node() instanceof Scalar scalar
        && scalar.style() == Scalar.Style.PLAIN
        && (last > from || !Balance.isClosed(scalar.text()));
  }

  private static boolean isPiece(Sized sized) {
    return !sized.alias()
        && sized.node() instanceof Scalar scalar
        && (scalar.style() == Scalar.Style.PLAIN || scalar.style() == Scalar.Style.SINGLE_QUOTED);
  }

  private static boolean isNothing(Sized sized) {
    return sized.node() instanceof Scalar scalar && scalar.isNull() && scalar.text().isEmpty();
  }

  private boolean closes(Sized first, Sized last) {
    return Balance.isClosed(raw(first, last));
  }

  /** As written, a blank for each line break, so that each char keeps its place. */
  private String raw(Sized first, Sized last) {
    return text.text()
        .substring(first.span().from(), last.span().to())
        .replace('\n', ' ')
        .replace('\r', ' ');
  }

  private Sized joined(Sized first, Sized last) {
    Span span = new Span(first.span().from(), last.span().to());
    String value = raw(first, last);
    Origin at = text.origin(span.from(), span.to() - span.from());
    problems.add(
        ProblemCode.E021,
        at,
        "inside braces YAML ends a value at a comma, so that `" + value + "` comes apart",
        "give the entry a line of its own, or quote it: `\"" + value.replace("\"", "\\\"") + "\"`");
    Scalar scalar =
        new Scalar(
            value,
            Scalar.Style.PLAIN,
            at,
            (offset, length) -> text.origin(span.from() + offset, length));
    return new Sized(scalar, 1, span, false);
  }
}
