package io.penstock.core.expression.check;

import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Operator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which paths are not null where a condition turned out true, or false. */
final class Facts {
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

  static Set<String> where(Ast condition, boolean holds) {
    Set<String> found = new HashSet<>();
    collect(condition, holds, found);
    return found;
  }

  private static void collect(Ast condition, boolean holds, Set<String> into) {
    if (condition instanceof Ast.Unary unary && unary.operator() == Operator.NOT) {
      collect(unary.operand(), !holds, into);
    } else if (condition instanceof Ast.Binary binary) {
      collectBinary(binary, holds, into);
    } else if (condition instanceof Ast.Call call && call.arguments().size() == 1) {
      if (call.name().equals(holds ? "exists" : "is_null")) {
        path(call.arguments().get(0)).ifPresent(into::add);
      }
    } else if (holds) {
      path(condition).ifPresent(into::add);
    }
  }

  private static void collectBinary(Ast.Binary binary, boolean holds, Set<String> into) {
    switch (binary.operator()) {
      case AND, OR -> {
        if ((binary.operator() == Operator.AND) == holds) {
          collect(binary.left(), holds, into);
          collect(binary.right(), holds, into);
        }
      }
      case EQUAL, UNEQUAL, SAME, NOT_SAME -> equality(binary, holds, into);
      case LESS, AT_MOST, MORE, AT_LEAST, FINDS, STARTS, ENDS -> {
        // Null where a side is null, so true and false alike say that both are there.
        path(binary.left()).ifPresent(into::add);
        path(binary.right()).ifPresent(into::add);
      }
      case IN -> path(binary.left()).ifPresent(into::add);
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

  private static void equality(Ast.Binary binary, boolean holds, Set<String> into) {
    boolean equal = binary.operator() == Operator.EQUAL || binary.operator() == Operator.SAME;
    boolean leftNull = isNull(binary.left());
    boolean rightNull = isNull(binary.right());
    if (leftNull || rightNull) {
      if (equal != holds) {
        path(leftNull ? binary.right() : binary.left()).ifPresent(into::add);
      }
      return;
    }
    boolean strict = binary.operator() == Operator.EQUAL || binary.operator() == Operator.UNEQUAL;
    if (strict) {
      path(binary.left()).ifPresent(into::add);
      path(binary.right()).ifPresent(into::add);
    }
  }

  static boolean isNull(Ast tree) {
    return tree instanceof Ast.Literal literal && literal.value().isEmpty();
  }
}
