package io.penstock.core.expression.script;

import org.jspecify.annotations.Nullable;

/** A function that the script itself has written. */
final class ScriptFunction {
  private final int parameters;
  private final int slots;
  private final Code body;
  private final boolean expression;
  private final Variables outer;

  ScriptFunction(Shape shape, Variables outer) {
    this.parameters = shape.parameters;
    this.slots = shape.slots;
    this.body = shape.body;
    this.expression = shape.expression;
    this.outer = outer;
  }

  /** What is the same for every making of it. */
  record Shape(int parameters, int slots, Code body, boolean expression) {}

  @Nullable Object call(Run run, @Nullable Object[] arguments) {
    if (arguments.length != parameters) {
      throw ScriptFailure.kind(
          "the function takes " + parameters + " arguments, not " + arguments.length);
    }
    Variables before = run.variables;
    Variables own = new Variables(slots, outer);
    for (int i = 0; i < arguments.length; i++) {
      own.set(0, i, arguments[i]);
    }
    run.budget.enter();
    run.variables = own;
    Object value = body.run(run);
    Object result = run.signal == Run.Signal.RETURN ? run.returned : expression ? value : null;
    run.signal = Run.Signal.NONE;
    run.returned = null;
    run.variables = before;
    run.budget.leave();
    return result;
  }
}
