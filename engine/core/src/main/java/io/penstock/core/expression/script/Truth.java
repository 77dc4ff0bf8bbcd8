package io.penstock.core.expression.script;

import org.jspecify.annotations.Nullable;

/** Three-valued logic, from left to right, with short circuit. */
final class Truth {
  private Truth() {}

  static @Nullable Boolean of(@Nullable Object value, String what) {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw ScriptFailure.kind(what + " takes true or false, not " + ScriptValues.kind(value));
  }

  /** True or not: null is not true. */
  static Code condition(Code code, Place place) {
    return run -> {
      Object value = code.run(run);
      try {
        return Boolean.TRUE.equals(of(value, "a condition"));
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  /** {@code and} where {@code stop} is false, {@code or} where it is true. */
  static Code chain(Code[] parts, Boolean stop, Place place) {
    String word = stop ? "`or`" : "`and`";
    return run -> {
      Boolean result = !stop;
      for (Code part : parts) {
        Object value = part.run(run);
        try {
          run.budget.step();
          Boolean truth = of(value, word);
          if (stop.equals(truth)) {
            return stop;
          }
          result = truth == null ? null : result;
        } catch (ScriptFailure failure) {
          throw failure.at(place);
        }
      }
      return result;
    };
  }

  static Code not(Code code, Place place) {
    return run -> {
      Object value = code.run(run);
      try {
        run.budget.step();
        Boolean truth = of(value, "`not`");
        return truth == null ? null : (Object) !truth;
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }
}
