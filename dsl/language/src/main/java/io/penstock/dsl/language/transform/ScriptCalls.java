package io.penstock.dsl.language.transform;

import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.expression.function.FunctionDeclaration;
import io.penstock.core.expression.function.Functions;
import io.penstock.core.expression.script.ScriptProgram;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks the calls of a script as far as that goes before the types of arguments are known. */
final class ScriptCalls {
  private static final Set<String> DRAWN = Set.of("random", "uuid_v4", "uuid_v7");

  private ScriptCalls() {}

  /** Whether all is well; what is not is reported. */
  static boolean check(ScriptProgram program, StepContext context) {
    boolean well = true;
    for (ScriptProgram.Called call : program.calls()) {
      well &= check(call, context);
    }
    return well;
  }

  private static boolean check(ScriptProgram.Called call, StepContext context) {
    UserFunction own = context.surroundings().functions().get(call.function());
    List<FunctionDeclaration> found = Functions.standard().named(call.function());
    if (own == null && found.isEmpty()) {
      Set<String> names = new TreeSet<>(Functions.standard().names());
      names.addAll(context.surroundings().functions().keySet());
      names.add("emit");
      context.problem(
          ProblemCode.E304,
          call.text().origin(),
          "unknown function `" + call.function() + "`",
          Nearest.hint(call.function(), "functions", names));
      return false;
    }
    boolean takes =
        own != null
            ? own.takes().size() == call.arguments()
            : found.stream().anyMatch(f -> f.signature().takes(call.arguments()));
    if (!takes) {
      context.problem(
          ProblemCode.E306,
          call.text().origin(),
          "`" + call.function() + "` does not take " + call.arguments() + " arguments",
          own != null
              ? "it takes " + own.takes().size()
              : "it is called like this: " + found.get(0));
      return false;
    }
    boolean drawn = DRAWN.contains(call.function()) && context.rows().made();
    return !drawn
        || context
            .check(ExpressionText.at(call.function() + "()", call.text().origin()))
            .isPresent();
  }
}
