package io.penstock.dsl.language.bind;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.ExpressionText.Places;
import io.penstock.api.problem.Origin;
import java.util.ArrayList;
import java.util.List;

/** An expression put together out of pieces of the file, each char with its place. */
final class PlacedText {
  private final StringBuilder text = new StringBuilder();
  private final List<Places> places = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();

  /** Text that stands in the file. */
  PlacedText add(String piece, Places at, int offset) {
    for (int i = 0; i < piece.length(); i++) {
      text.append(piece.charAt(i));
      places.add(at);
      offsets.add(offset + i);
    }
    return this;
  }

  /** Text that the author did not write; it has the place of what it was made for. */
  PlacedText made(String piece, Origin at) {
    return add(piece, (offset, length) -> at, 0);
  }

  /** The expression. */
  ExpressionText expression() {
    List<Places> all = List.copyOf(places);
    List<Integer> at = List.copyOf(offsets);
    return new ExpressionText(
        text.toString(),
        (offset, length) -> {
          if (all.isEmpty()) {
            return Origin.file("");
          }
          int first = Math.max(0, Math.min(offset, all.size() - 1));
          int last = Math.max(first, Math.min(offset + length - 1, all.size() - 1));
          Origin from = all.get(first).at(at.get(first), 1);
          Origin to = all.get(last).at(at.get(last), 1);
          boolean oneLine = from.line() == to.line() && to.column() >= from.column();
          return oneLine ? from.length(to.column() + to.length() - from.column()) : from;
        });
  }
}
