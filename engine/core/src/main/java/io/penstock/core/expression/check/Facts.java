package io.penstock.core.expression.check;

import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Operator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which paths are not null where a condition had some outcome. A comparison is null where a side
 * is, so that only its being true or false tells something; {@code x == null} is never null.
 */
final class Facts {
  /** What is known of a condition. */
  enum Outcome {
    TRUE,
    FALSE,
    /** False or null: the other branch of a choice, the right side of {@code ||}. */
    NOT_TRUE,
    /** True or null: the right side of {@code &&}. */
    NOT_FALSE;

    private Outcome turned() {
      return switch (this) {
        case TRUE -> FALSE;
        case FALSE -> TRUE;
        case NOT_TRUE -> NOT_FALSE;
        case NOT_FALSE -> NOT_TRUE;
      };
    }

    private boolean sure() {
      return this == TRUE || this == FALSE;
    }

    /** Of a test that is never null. */
    private boolean holds() {
      return this == TRUE || this == NOT_FALSE;
    }
  }

  private Facts() {}

  /** A name, or names through members, as written; empty for anything else. */
  static Optional<String> path(Ast tree) {
    if (tree instanceof Ast.Name name) {
      return Optional.of(name.name());
    }
    if (tree instanceof Ast.Member member) {
      return path(member.target()).map(p -> p + "." + member.name());
    }
    if (tree instanceof Ast.Index index
        && index.index() instanceof Ast.Literal literal
        && literal.value().orElse(0L) instanceof String key) {
      return path(index.target()).map(p -> p + "." + key);
    }
    return Optional.empty();
  }

  static Set<String> where(Ast condition, Outcome outcome) {
    Set<String> found = new HashSet<>();
    collect(condition, outcome, found);
    return found;
  }

  private static void collect(Ast condition, Outcome outcome, Set<String> into) {
    if (condition instanceof Ast.Unary unary && unary.operator() == Operator.NOT) {
      collect(unary.operand(), outcome.turned(), into);
    } else if (condition instanceof Ast.Binary binary) {
      collectBinary(binary, outcome, into);
    } else if (condition instanceof Ast.Call call && call.arguments().size() == 1) {
      if (call.name().equals(outcome.holds() ? "exists" : "is_null")) {
        path(call.arguments().get(0)).ifPresent(into::add);
      }
    } else if (outcome.sure()) {
      path(condition).ifPresent(into::add);
    }
  }

  private static void collectBinary(Ast.Binary binary, Outcome outcome, Set<String> into) {
    switch (binary.operator()) {
      case AND, OR -> {
        if ((binary.operator() == Operator.AND) == outcome.holds()) {
          collect(binary.left(), outcome, into);
          collect(binary.right(), outcome, into);
        }
      }
      case EQUAL, UNEQUAL, SAME, NOT_SAME -> equality(binary, outcome, into);
      case LESS, AT_MOST, MORE, AT_LEAST, FINDS, STARTS, ENDS -> bothSides(binary, outcome, into);
      case IN -> {
        if (outcome.sure()) {
          path(binary.left()).ifPresent(into::add);
        }
      }
      case COALESCE,
          NOT,
          FINDS_NOT,
          STARTS_NOT,
          ENDS_NOT,
          PLUS,
          MINUS,
          TIMES,
          OVER,
          MODULO,
          NEGATE -> {}
    }
  }

  private static void bothSides(Ast.Binary binary, Outcome outcome, Set<String> into) {
    if (outcome.sure()) {
      path(binary.left()).ifPresent(into::add);
      path(binary.right()).ifPresent(into::add);
    }
  }

  private static void equality(Ast.Binary binary, Outcome outcome, Set<String> into) {
    boolean equal = binary.operator() == Operator.EQUAL || binary.operator() == Operator.SAME;
    boolean leftNull = isNull(binary.left());
    if (leftNull || isNull(binary.right())) {
      if (equal != outcome.holds()) {
        path(leftNull ? binary.right() : binary.left()).ifPresent(into::add);
      }
      return;
    }
    if (binary.operator() == Operator.EQUAL || binary.operator() == Operator.UNEQUAL) {
      bothSides(binary, outcome, into);
    }
  }

  static boolean isNull(Ast tree) {
    return tree instanceof Ast.Literal literal && literal.value().isEmpty();
  }
}
