package io.penstock.core.expression.script;

import java.util.List;
import java.util.Optional;

/**
 * A place where a script calls into the language of expressions.
 *
 * @param pieces the expression around its arguments: {@code upper(}, {@code )}
 * @param literals for each argument its text where it is a literal, so that it stays a constant
 */
record CallSite(int index, List<String> pieces, List<Optional<String>> literals, Place place) {
  CallSite {
    pieces = List.copyOf(pieces);
    literals = List.copyOf(literals);
  }

  /** A call of a function by name. */
  static CallSite function(int index, String name, List<Optional<String>> literals, Place place) {
    java.util.ArrayList<String> pieces = new java.util.ArrayList<>();
    pieces.add(name + "(");
    for (int i = 1; i < literals.size(); i++) {
      pieces.add(", ");
    }
    pieces.add(")");
    return new CallSite(index, pieces, literals, place);
  }

  /** What messages call it. */
  String name() {
    String first = pieces.get(0);
    return first.length() > 1 ? first.substring(0, first.length() - 1) : pieces.get(1).trim();
  }
}
