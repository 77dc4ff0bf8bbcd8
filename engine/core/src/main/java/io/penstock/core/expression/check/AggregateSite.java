package io.penstock.core.expression.check;

import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.AggregateCall;
import io.penstock.core.expression.Aggregates;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.OverCall;
import io.penstock.core.expression.aggregate.AggregateDeclaration;
import io.penstock.core.expression.aggregate.AggregateTypes;
import io.penstock.core.expression.aggregate.OverFunction;
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
  private final boolean over;
  private final List<OverCall> calls = new ArrayList<>();

  /**
   * Makes a site.
   *
   * @param rows checks what stands inside aggregates, over the input row
   * @param keys how many fields stand before the aggregates' results in the outer row
   */
  AggregateSite(Checking rows, int keys) {
    this(rows, keys, false);
  }

  private AggregateSite(Checking rows, int keys, boolean over) {
    this.rows = rows;
    this.keys = keys;
    this.over = over;
  }

  /** A site in {@code over}, whose outer row is the input row with the calls' values behind it. */
  static AggregateSite over(Checking rows) {
    return new AggregateSite(rows, rows.scope.row().columns(), true);
  }

  /** The calls, in the order of their columns. */
  List<OverCall> overCalls() {
    return List.copyOf(calls);
  }

  /** The same of a site that takes aggregates alone. */
  List<AggregateCall> calls() {
    return calls.stream().map(call -> ((OverCall.Aggregated) call).call()).toList();
  }

  /** Whether the input row has a field of this name. */
  boolean reads(String name) {
    return rows.scope.row().open() || rows.scope.row().indexOf(name) >= 0;
  }

  /** Whether a call is an aggregate: by its name, unless only a function of it takes so many. */
  boolean takes(Ast.Call call) {
    if (over && OverFunction.named(call.name()).isPresent()) {
      return true;
    }
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
    Optional<OverFunction> placed = OverFunction.named(call.name());
    return over && placed.isPresent() ? placed(call, placed.get()) : aggregate(call);
  }

  private Typed aggregate(Ast.Call call) {
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
      return wrongNumber(call, declared.signatures());
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

  private Typed wrongNumber(Ast.Call call, List<Signature> signatures) {
    return rows.problem(
        ProblemCode.E306,
        call,
        "`" + call.name() + "` does not take " + Calls.arguments(call.arguments().size()),
        "it is called "
            + signatures.stream().map(s -> call.name() + s).collect(Collectors.joining(" or ")));
  }

  /** A function that goes by the place of the row. */
  private Typed placed(Ast.Call call, OverFunction function) {
    if (call.where().isPresent()) {
      return rows.problem(
          ProblemCode.E309,
          call.where().get(),
          "`where` follows an aggregate, and `" + call.name() + "` goes by all rows",
          "filter the rows in a step above");
    }
    int count = call.arguments().size();
    Optional<Signature> fitting =
        function.signatures().stream().filter(s -> s.takes(count)).findFirst();
    if (fitting.isEmpty()) {
      return wrongNumber(call, function.signatures());
    }
    Overloads overloads = new Overloads(rows, new TypeChecker(rows));
    @Nullable Typed[] given = overloads.given(call, Surroundings.NONE);
    if (given == null) {
      return rows.broken(call);
    }
    Bindings bindings = new Bindings();
    int wrong = Overloads.mismatch(fitting.get(), given, call, bindings);
    if (wrong >= 0) {
      return overloads.wrongArgument(
          call, call.name(), wrong, fitting.get().parameter(wrong), given[wrong]);
    }
    List<Typed> arguments =
        overloads.convert(fitting.get(), given, call, bindings, Surroundings.NONE);
    return switch (function) {
      case ROW_NUMBER -> column(call, new OverCall.Numbered(OverCall.Place.ROW_NUMBER));
      case RANK -> column(call, new OverCall.Numbered(OverCall.Place.RANK));
      case DENSE_RANK -> column(call, new OverCall.Numbered(OverCall.Place.DENSE_RANK));
      case LAG -> shifted(call, arguments, -1);
      case LEAD -> shifted(call, arguments, 1);
    };
  }

  private Typed shifted(Ast.Call call, List<Typed> arguments, int sign) {
    long distance = 1;
    if (arguments.size() > 1) {
      Object constant = Checking.constant(arguments.get(1)).orElse(0L);
      distance = constant instanceof Long number ? number : 0;
      if (distance < 1 || distance > OverFunction.MOST_ROWS) {
        return rows.problem(
            ProblemCode.E404,
            call.arguments().get(1),
            "`rows` of `"
                + call.name()
                + "` must be a number from 1 to "
                + OverFunction.MOST_ROWS
                + " that is the same for every row",
            "write a number, such as `" + call.name() + "(x, 2)`");
      }
    }
    return column(call, new OverCall.Shifted(expression(arguments.get(0)), sign * distance));
  }

  private Typed column(Ast.Call call, OverCall made) {
    calls.add(made);
    int index = calls.size() - 1;
    return new Typed.Column(made.type(), keys + index, "$" + index, rows.place(call));
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
    AggregateCall made =
        new AggregateCall(
            call.name(),
            arguments.stream().map(this::expression).toList(),
            where.map(this::expression),
            type,
            factory(declared.method(), types));
    return column(call, new OverCall.Aggregated(made));
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
