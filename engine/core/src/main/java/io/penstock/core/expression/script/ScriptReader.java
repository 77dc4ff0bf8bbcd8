package io.penstock.core.expression.script;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import java.util.Optional;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.internal.Scope;
import org.apache.commons.jexl3.parser.ASTJexlScript;
import org.apache.commons.jexl3.parser.Parser;

/**
 * Gives a script to JEXL's parser. Nothing else of JEXL is used: no engine, no interpreter, no
 * introspection.
 */
final class ScriptReader {
  private static final int MAX_TEXT = 64 * 1024;

  private final ExpressionText text;
  private final Lines lines;
  private final Problems problems;

  ScriptReader(ExpressionText text, Lines lines, Problems problems) {
    this.text = text;
    this.lines = lines;
    this.problems = problems;
  }

  /** Chosen one by one; what parses and is not meant is refused with better words later. */
  private static JexlFeatures features() {
    return JexlFeatures.createNone()
        .script(true)
        .localVar(true)
        .loops(true)
        .lambda(true)
        .thinArrow(true)
        .fatArrow(true)
        .sideEffect(true)
        .sideEffectGlobal(true)
        .arrayReferenceExpr(true)
        .structuredLiteral(true)
        .comparatorNames(true)
        .lexical(true)
        .methodCall(true)
        .newInstance(true);
  }

  /** The tree; empty where the script cannot be read, which is reported. */
  Optional<ASTJexlScript> read() {
    if (text.text().length() > MAX_TEXT) {
      problems.add(
          ProblemCode.E303,
          text.places().at(0, 1),
          "the script has `" + text.text().length() + "` characters, more than 65536",
          "split it into several steps");
      return Optional.empty();
    }
    if (!Nesting.isHarmless(text, problems)) {
      return Optional.empty();
    }
    try {
      Scope scope = new Scope(null);
      return Optional.of(
          new Parser(";").parse(new JexlInfo("script", 1, 1), features(), text.text(), scope));
    } catch (JexlException unreadable) {
      report(unreadable);
    } catch (StackOverflowError tooDeep) {
      problems.add(
          ProblemCode.E303,
          text.places().at(0, 1),
          "parts of the script stand inside each other too deep",
          "put parts into variables of their own");
    }
    return Optional.empty();
  }

  private void report(JexlException unreadable) {
    JexlInfo info = unreadable.getInfo();
    String detail = unreadable.getDetail();
    String near = detail == null ? "" : detail.strip();
    String word = near.lines().findFirst().orElse("");
    int length = Math.max(1, Math.min(word.length(), 40));
    Place place = lines.place(info.getLine(), info.getColumn(), length);
    if (unreadable instanceof JexlException.Feature) {
      problems.add(
          ProblemCode.E321,
          lines.before(place, word).origin(),
          shown(word) + " is not in the language of scripts",
          "leave it out");
    } else if (near.endsWith("variable is already declared")) {
      problems.add(
          ProblemCode.E320,
          place.origin(),
          "the variable `" + near.substring(0, near.indexOf(':')) + "` is there already",
          "give it another name, or assign without `var`");
    } else if (unreadable instanceof JexlException.Assignment) {
      problems.add(
          ProblemCode.E320,
          place.origin(),
          shown(word) + " cannot be assigned",
          "assign to a variable, or to a field of the row: `row.total = 1`");
    } else if (unreadable instanceof JexlException.Ambiguous) {
      problems.add(
          ProblemCode.E320,
          place.origin(),
          "a statement ends here, and another begins",
          "end the statement above with `;`, or put the missing operator");
    } else if (unreadable instanceof JexlException.Tokenization) {
      problems.add(
          ProblemCode.E320,
          place.origin(),
          "the script cannot be read here",
          "names in scripts have the letters a to z, digits and `_`; any other is row['name']");
    } else {
      problems.add(
          ProblemCode.E320,
          place.origin(),
          word.isEmpty()
              ? "the script cannot be read here"
              : "the script cannot be read at " + shown(word),
          "look here and just before: a bracket, quote or `;` may be missing");
    }
  }

  private static String shown(String word) {
    return "`" + (word.length() > 80 ? word.substring(0, 77) + "..." : word) + "`";
  }
}
