package io.penstock.core.expression.check;

import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.aggregate.AggregateDeclaration;
import io.penstock.core.expression.aggregate.AggregateTypes;
import io.penstock.core.expression.function.Signature;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.typed.Place;
import io.penstock.core.expression.typed.Traits;
import io.penstock.core.expression.typed.Typed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the aggregates out of one expression of {@code compute}. Single-threaded. */
final class AggregateSite {
  private final Checking rows;
  private final int keys;
  private final List<AggregateCall> calls = new ArrayList<>();

  /**
   * Makes a site.
   *
   * @param rows checks what stands inside aggregates, over the input row
   * @param keys how many fields stand before the aggregates' results in the outer row
   */
  AggregateSite(Checking rows, int keys) {
    this.rows = rows;
    this.keys = keys;
  }

  List<AggregateCall> calls() {
    return List.copyOf(calls);
  }

  /** Whether the input row has a field of this name. */
  boolean reads(String name) {
    return rows.scope.row().open() || rows.scope.row().indexOf(name) >= 0;
  }

  /** Whether a call is an aggregate: by its name, unless only a function of it takes so many. */
  boolean takes(Ast.Call call) {
    Optional<AggregateDeclaration> declared = rows.aggregateNames.named(call.name());
    if (declared.isEmpty()) {
      return false;
    }
    int count = call.arguments().size();
    return call.where().isPresent()
        || declared.get().signatures().stream().anyMatch(s -> s.takes(count))
        || rows.functions.named(call.name()).stream().noneMatch(f -> f.signature().takes(count));
  }

  /** The column of the outer row that holds the aggregate's result. */
  Typed call(Ast.Call call) {
    AggregateDeclaration declared = rows.aggregateNames.named(call.name()).orElseThrow();
    TypeChecker types = new TypeChecker(rows);
    Overloads overloads = new Overloads(rows, types);
    @Nullable Typed[] given = overloads.given(call, Surroundings.NONE);
    Optional<Typed> where = call.where().map(w -> condition(types, w));
    if (given == null || where.filter(w -> w instanceof Typed.Broken).isPresent()) {
      return rows.broken(call);
    }
    int count = given.length;
    List<Signature> fitting = declared.signatures().stream().filter(s -> s.takes(count)).toList();
    if (fitting.isEmpty()) {
      return rows.problem(
          ProblemCode.E306,
          call,
          "`" + call.name() + "` does not take " + Calls.arguments(count),
          "it is called "
              + declared.signatures().stream()
                  .map(s -> call.name() + s)
                  .collect(Collectors.joining(" or ")));
    }
    for (Signature signature : fitting) {
      Bindings bindings = new Bindings();
      if (Overloads.mismatch(signature, given, call, bindings) < 0) {
        List<Typed> arguments =
            overloads.convert(signature, given, call, bindings, Surroundings.NONE);
        ValueType result = bindings.type(signature.result());
        return overloads
            .typing(declared.about().typing(), call, arguments, result)
            .map(type -> taken(call, declared, arguments, where, type))
            .orElseGet(() -> rows.broken(call));
      }
    }
    Signature last = fitting.get(fitting.size() - 1);
    int wrong = Math.max(0, Overloads.mismatch(last, given, call, new Bindings()));
    return overloads.wrongArgument(call, call.name(), wrong, last.parameter(wrong), given[wrong]);
  }

  private Typed condition(TypeChecker types, Ast where) {
    return types.operators().condition(types.type(where, Surroundings.NONE), where);
  }

  private Typed taken(
      Ast.Call call,
      AggregateDeclaration declared,
      List<Typed> arguments,
      Optional<Typed> where,
      ValueType type) {
    List<Optional<Object>> constants = arguments.stream().map(Checking::constant).toList();
    AggregateTypes types =
        new AggregateTypes(arguments.stream().map(Typed::type).toList(), constants, type);
    calls.add(
        new AggregateCall(
            call.name(),
            arguments.stream().map(this::expression).toList(),
            where.map(this::expression),
            type,
            factory(declared.method(), types)));
    int index = calls.size() - 1;
    return new Typed.Column(type, keys + index, "$" + index, rows.place(call));
  }

  private Expression expression(Typed tree) {
    Place at = tree.at();
    return new Expression(
        new io.penstock.api.option.ExpressionText(
            at.written(), (offset, length) -> at.text().places().at(at.from() + offset, length)),
        tree,
        Traits.fallible(tree),
        Traits.deterministic(tree),
        Traits.reads(tree, rows.scope.row()),
        Traits.meta(tree));
  }

  private static Aggregates.Factory factory(Method method, AggregateTypes types) {
    return () -> {
      try {
        return (Aggregates) method.invoke(null, types);
      } catch (InvocationTargetException thrown) {
        throw new IllegalStateException(method.toString(), thrown.getCause());
      } catch (IllegalAccessException bug) {
        throw new IllegalStateException(method.toString(), bug);
      }
    };
  }
}
