package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.UserFunction;
import io.penstock.core.expression.aggregate.OverFunction;
import io.penstock.core.expression.function.FunctionDeclaration;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Parser;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of calls: the file's own functions, those that choose, declared ones, aggregates. */
final class Calls {
  private final Checking checking;
  private final TypeChecker types;
  private final List<String> callers;
  private final Overloads overloads;

  Calls(Checking checking, TypeChecker types, List<String> callers) {
    this.checking = checking;
    this.types = types;
    this.callers = callers;
    this.overloads = new Overloads(checking, types);
  }

  Typed call(Ast.Call call, Surroundings at) {
    UserFunction own = checking.scope.functions().get(call.name());
    if (own != null) {
      return putIn(own, call, at);
    }
    if (checking.aggregates.isPresent() && checking.aggregates.get().takes(call)) {
      return checking.aggregates.get().call(call);
    }
    if (call.where().isPresent()) {
      return checking.problem(
          ProblemCode.E309,
          call.where().get(),
          "`where` follows an aggregate of `compute`, not `" + call.name() + "`",
          "write if(condition, value, other)");
    }
    Optional<Typed> chosen = new Choosing(checking, types).call(call, at);
    return chosen.isPresent() ? chosen.get() : declared(withPatterns(call), at);
  }

  /** A grok function that is given no patterns gets those of the file. */
  private Ast.Call withPatterns(Ast.Call call) {
    Map<String, String> patterns = checking.scope.patterns();
    boolean wants = call.name().equals("parse_grok") && call.arguments().size() == 2;
    if (!wants || patterns.isEmpty()) {
      return call;
    }
    List<Ast> entries = new ArrayList<>();
    patterns.forEach(
        (name, pattern) -> {
          entries.add(new Ast.Literal(call.span(), Optional.of(name)));
          entries.add(new Ast.Literal(call.span(), Optional.of(pattern)));
        });
    List<Ast> arguments = new ArrayList<>(call.arguments());
    arguments.add(
        new Ast.Call(call.span(), "map_of", call.nameSpan(), entries, Optional.empty(), 2));
    return new Ast.Call(
        call.span(), call.name(), call.nameSpan(), arguments, call.where(), call.height() + 1);
  }

  private Typed declared(Ast.Call call, Surroundings at) {
    List<FunctionDeclaration> candidates = checking.functions.named(call.name());
    if (candidates.isEmpty()) {
      return unknown(call);
    }
    int count = call.arguments().size();
    List<FunctionDeclaration> fitting =
        candidates.stream().filter(f -> f.signature().takes(count)).toList();
    if (fitting.isEmpty()) {
      return checking.problem(
          ProblemCode.E306,
          call,
          "`" + call.name() + "` does not take " + arguments(count),
          "it is called " + shapes(candidates));
    }
    return overloads.call(call, fitting, at);
  }

  private static String shapes(List<FunctionDeclaration> candidates) {
    return candidates.stream()
        .map(FunctionDeclaration::toString)
        .collect(Collectors.joining(" or "));
  }

  static String arguments(int count) {
    return count == 1 ? "1 argument" : count + " arguments";
  }

  private Typed unknown(Ast.Call call) {
    if (checking.aggregateNames.has(call.name())) {
      return checking.problem(
          ProblemCode.E309,
          call,
          "`" + call.name() + "` is an aggregate",
          "aggregates stand in `compute` of an aggregate step, outside one another");
    }
    if (OverFunction.named(call.name()).isPresent()) {
      return checking.problem(
          ProblemCode.E309,
          call,
          "`" + call.name() + "` goes by the place of a row among others",
          "it stands in `compute` of a step `over`, outside aggregates and others of its kind");
    }
    List<String> known = new ArrayList<>(checking.functions.names());
    known.addAll(checking.scope.functions().keySet());
    known.addAll(Choosing.NAMES);
    checking.problem(
        ProblemCode.E304,
        checking.place(call.nameSpan()),
        "`" + call.name() + "` is no function",
        Nearest.to(call.name(), known)
            .map(n -> "did you mean `" + n + "`?")
            .orElse("`run-pipeline functions` lists them"));
    return checking.broken(call);
  }

  /** A function of the file: its expression, with the arguments for its parameters. */
  private Typed putIn(UserFunction function, Ast.Call call, Surroundings at) {
    if (callers.contains(function.name())) {
      return checking.problem(
          ProblemCode.E311,
          call,
          "`" + function.name() + "` calls itself",
          "work on lists with map, filter, reduce");
    }
    if (call.arguments().size() != function.takes().size()) {
      return checking.problem(
          ProblemCode.E306,
          call,
          "`" + function.name() + "` does not take " + arguments(call.arguments().size()),
          "it is called " + shape(function));
    }
    Map<String, Typed> arguments = new HashMap<>();
    for (int i = 0; i < function.takes().size(); i++) {
      UserFunction.Taken taken = function.takes().get(i);
      Ast written = call.arguments().get(i);
      arguments.put(taken.name(), argument(taken, types.type(written, at), written));
    }
    if (Checking.isBroken(arguments.values().toArray(Typed[]::new))) {
      return checking.broken(call);
    }
    ExpressionText text = function.is();
    Optional<Ast> body = Parser.parse(text, checking.problems);
    if (body.isEmpty()) {
      return checking.broken(call);
    }
    List<String> deeper = new ArrayList<>(callers);
    deeper.add(function.name());
    return new TypeChecker(checking.within(text), deeper)
        .type(body.get(), Surroundings.ofFunction(arguments));
  }

  private static String shape(UserFunction function) {
    return function.takes().stream()
        .map(t -> t.name() + ": " + t.type().map(ValueType::toString).orElse("decimal"))
        .collect(Collectors.joining(", ", function.name() + "(", ")"));
  }

  private Typed argument(UserFunction.Taken taken, Typed value, Ast written) {
    if (value instanceof Typed.Broken) {
      return value;
    }
    if (taken.type().isPresent()) {
      return checking.wanted(value, taken.type().get(), written, ProblemCode.E404);
    }
    if (Checking.isDecimal(value)) {
      return value;
    }
    if (Checking.is(value, DataType.INT)) {
      return Coercion.to(TypeChecker.decimalOf(value), value).orElse(value);
    }
    return checking.problem(
        ProblemCode.E404,
        written,
        "`" + taken.name() + "` must be a decimal, not " + value.type().type(),
        "cast it: to_decimal(x)");
  }
}
