package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.aggregate.AggregateFunctions;
import io.penstock.core.expression.function.Functions;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.typed.Place;
import io.penstock.core.expression.typed.Typed;
import java.util.Optional;

/** One text that is being checked: where its problems go and what its names mean. */
final class Checking {
  final ExpressionText text;
  final Problems problems;
  final Scope scope;
  final Functions functions;
  final Budget budget;

  /** Where aggregates are taken; only in the outer expression of {@code compute}. */
  final Optional<AggregateSite> aggregates;

  final AggregateFunctions aggregateNames = AggregateFunctions.standard();

  /** What all the texts put into one expression share. Single-threaded. */
  static final class Budget {
    private static final int MAX_NODES = 50_000;
    private int nodes;
    private int slots;

    int slot() {
      return slots++;
    }

    boolean spent() {
      return ++nodes > MAX_NODES;
    }
  }

  Checking(ExpressionText text, Problems problems, Scope scope) {
    this(text, problems, scope, Functions.standard(), new Budget(), Optional.empty());
  }

  private Checking(
      ExpressionText text,
      Problems problems,
      Scope scope,
      Functions functions,
      Budget budget,
      Optional<AggregateSite> aggregates) {
    this.text = text;
    this.problems = problems;
    this.scope = scope;
    this.functions = functions;
    this.budget = budget;
    this.aggregates = aggregates;
  }

  /** The same for the text of a function that is put in. */
  Checking within(ExpressionText other) {
    return new Checking(other, problems, scope, functions, budget, aggregates);
  }

  /** The same text over another row, with aggregates. */
  Checking outer(Scope groups, AggregateSite site) {
    return new Checking(text, problems, groups, functions, budget, Optional.of(site));
  }

  /** The value as a wanted type, or a problem. */
  Typed wanted(Typed value, ValueType wanted, Ast tree, ProblemCode code) {
    if (value instanceof Typed.Broken) {
      return value;
    }
    boolean json = isJson(value) && !wanted.type().equals(DataType.JSON);
    Optional<Typed> converted = Coercion.to(wanted.type(), value);
    if (converted.isEmpty() && wanted.type().equals(DataType.JSON)) {
      converted = Optional.of(Coercion.convert(DataType.JSON, value));
    }
    if (converted.isEmpty()) {
      return problem(
          code,
          tree,
          "the value must be " + wanted.type() + ", not " + value.type().type(),
          wanted.type().equals(DataType.BOOLEAN)
              ? "compare it with something, such as `x != 0` or `x == 'text'`"
              : "cast it: " + Coercion.cast(wanted.type()) + "(x)");
    }
    Typed given = Coercion.required(wanted, converted.get());
    if (given.type().optional() && !wanted.optional() && !json) {
      return problem(
          ProblemCode.E403,
          tree,
          "the value may be null where " + wanted.type() + " is required",
          "give a default: x ?? value");
    }
    return given;
  }

  Place place(Ast tree) {
    return place(tree.span());
  }

  Place place(Ast.Span span) {
    return new Place(text, span.from(), span.to());
  }

  Typed broken(Ast tree) {
    return new Typed.Broken(ValueType.optional(DataType.JSON), place(tree));
  }

  Typed problem(ProblemCode code, Ast tree, String message, String hint) {
    problem(code, place(tree), message, hint);
    return broken(tree);
  }

  void problem(ProblemCode code, Place at, String message, String hint) {
    if (hint.isEmpty()) {
      problems.add(code, at.origin(), message);
    } else {
      problems.add(code, at.origin(), message, hint);
    }
  }

  static boolean isBroken(Typed... trees) {
    for (Typed tree : trees) {
      if (tree instanceof Typed.Broken) {
        return true;
      }
    }
    return false;
  }

  static boolean isNull(Typed tree) {
    return tree instanceof Typed.Constant constant
        && constant.value().isEmpty()
        && constant.literal();
  }

  /** Whether the value is never there: {@code error(...)} takes any type. */
  static boolean isNever(Typed tree) {
    return tree instanceof Typed.Invoke invoke && invoke.function().name().equals("error");
  }

  static boolean isLiteral(Typed tree) {
    return tree instanceof Typed.Constant constant && constant.literal();
  }

  static boolean is(Typed tree, DataType type) {
    return tree.type().type().equals(type);
  }

  static boolean isJson(Typed tree) {
    return is(tree, DataType.JSON) && !isNull(tree);
  }

  static boolean isDecimal(Typed tree) {
    return tree.type().type() instanceof DataType.Decimal;
  }

  static boolean isNumber(Typed tree) {
    return is(tree, DataType.INT) || is(tree, DataType.DOUBLE) || isDecimal(tree);
  }

  /** The value of a constant that is not null. */
  static Optional<Object> constant(Typed tree) {
    return tree instanceof Typed.Constant constant ? constant.value() : Optional.empty();
  }

  static ValueType truth(Typed... parts) {
    return new ValueType(DataType.BOOLEAN, anyOptional(parts));
  }

  static boolean anyOptional(Typed... parts) {
    for (Typed part : parts) {
      if (part.type().optional()) {
        return true;
      }
    }
    return false;
  }
}
