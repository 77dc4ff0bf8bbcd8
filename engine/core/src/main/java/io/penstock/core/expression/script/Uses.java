package io.penstock.core.expression.script;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a script uses of its surroundings, collected while it is compiled, and what is wrong. */
final class Uses {
  final Lines lines;
  final Problems problems;
  final List<ScriptProgram.Read> reads = new ArrayList<>();
  final List<ScriptProgram.Called> calls = new ArrayList<>();
  boolean wholeRow;
  private int sites;

  Uses(Lines lines, Problems problems) {
    this.lines = lines;
    this.problems = problems;
  }

  /** The index of a name that is read, such as {@code price} or {@code meta.path}. */
  int read(String name, Place place) {
    for (int i = 0; i < reads.size(); i++) {
      if (reads.get(i).name().equals(name)) {
        return i;
      }
    }
    reads.add(new ScriptProgram.Read(name, place.expression()));
    return reads.size() - 1;
  }

  /** A call of a function of the language. */
  CallSite call(String name, List<Optional<String>> literals, Place place) {
    calls.add(new ScriptProgram.Called(name, literals.size(), place.expression()));
    return CallSite.function(sites++, name, literals, place);
  }

  /** An operator of the language that is computed there. */
  CallSite operator(String sign, List<Optional<String>> literals, Place place) {
    return new CallSite(sites++, List.of("(", " " + sign + " ", ")"), literals, place);
  }

  int sites() {
    return sites;
  }

  Code refuse(Place place, String message, String hint) {
    problems.add(ProblemCode.E321, place.origin(), message, hint);
    return run -> null;
  }
}
