package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions that are more than functions: only the argument taken is evaluated, names are fixed.
 */
final class Choosing {
  static final List<String> NAMES =
      List.of(
          "if", "case", "cast", "coalesce", "try", "record", "map_of", "exists", "is_null", "meta");

  private final Checking checking;
  private final TypeChecker types;

  Choosing(Checking checking, TypeChecker types) {
    this.checking = checking;
    this.types = types;
  }

  /** The call of one of these; empty for other names. */
  Optional<Typed> call(Ast.Call call, Surroundings at) {
    List<Ast> arguments = call.arguments();
    int count = arguments.size();
    return switch (call.name()) {
      case "if" ->
          Optional.of(
              count == 2 || count == 3
                  ? choice(call, at)
                  : wrongCount(call, "if(condition, a, b)"));
      case "case" ->
          Optional.of(
              count >= 2
                  ? cases(call, 0, at)
                  : wrongCount(call, "case(condition, value, ..., otherwise)"));
      case "coalesce" ->
          Optional.of(count >= 1 ? coalesce(call, at) : wrongCount(call, "coalesce(a, b, ...)"));
      case "try" ->
          Optional.of(count == 1 || count == 2 ? attempt(call, at) : wrongCount(call, "try(a, b)"));
      case "cast" ->
          Optional.of(count == 2 ? cast(call, at) : wrongCount(call, "cast(value, 'type')"));
      case "record" -> Optional.of(record(call, at));
      case "map_of" -> Optional.of(map(call, at));
      case "exists", "is_null" -> count == 1 ? Optional.of(nullTest(call, at)) : Optional.empty();
      case "meta" -> Optional.of(meta(call));
      default -> Optional.empty();
    };
  }

  private Typed wrongCount(Ast.Call call, String shape) {
    return checking.problem(
        ProblemCode.E306,
        call,
        "`" + call.name() + "` does not take " + Calls.arguments(call.arguments().size()),
        "it is called " + shape);
  }

  private Typed choice(Ast.Call call, Surroundings at) {
    List<Ast> arguments = call.arguments();
    return types.choice(
        call,
        arguments.get(0),
        arguments.get(1),
        arguments.size() == 3 ? arguments.get(2) : nothing(call),
        at);
  }

  private static Ast nothing(Ast call) {
    return new Ast.Literal(call.span(), Optional.empty());
  }

  /** {@code case(c, v, rest...)} is {@code if(c, v, case(rest...))}, by a loop from the end. */
  private Typed cases(Ast.Call call, int from, Surroundings at) {
    List<Ast> arguments = call.arguments();
    boolean otherwise = arguments.size() % 2 == 1;
    Ast tree = otherwise ? arguments.get(arguments.size() - 1) : nothing(call);
    for (int i = arguments.size() - (otherwise ? 3 : 2); i >= from; i -= 2) {
      Ast.Span span = call.span();
      List<Ast> parts = List.of(arguments.get(i), arguments.get(i + 1), tree);
      tree = new Ast.Conditional(span, parts.get(0), parts.get(1), parts.get(2), Ast.above(parts));
    }
    if (tree.height() > 200) {
      return checking.problem(
          ProblemCode.E303, call, "`case` has more than 200 branches", "use a lookup table");
    }
    return types.type(tree, at);
  }

  private Typed coalesce(Ast.Call call, Surroundings at) {
    List<Typed> values = call.arguments().stream().map(a -> types.type(a, at)).toList();
    return Checking.isBroken(values.toArray(Typed[]::new))
        ? checking.broken(call)
        : types.operators().coalesce(call, values);
  }

  private Typed attempt(Ast.Call call, Surroundings at) {
    Typed body = types.type(call.arguments().get(0), at);
    if (call.arguments().size() == 1) {
      return body instanceof Typed.Broken
          ? body
          : new Typed.Attempt(
              body.type().asOptional(), body, Optional.empty(), checking.place(call));
    }
    Typed other = types.type(call.arguments().get(1), at);
    if (Checking.isBroken(body, other)) {
      return checking.broken(call);
    }
    List<Typed> both = List.of(body, other);
    Optional<DataType> common = Coercion.common(both);
    if (common.isEmpty()) {
      return types.operators().noCommonType(call, both);
    }
    return new Typed.Attempt(
        new ValueType(common.get(), Coercion.anyOptional(both)),
        Coercion.as(common.get(), body),
        Optional.of(Coercion.as(common.get(), other)),
        checking.place(call));
  }

  private Typed cast(Ast.Call call, Surroundings at) {
    Typed value = types.type(call.arguments().get(0), at);
    Ast written = call.arguments().get(1);
    Object text = written instanceof Ast.Literal literal ? literal.value().orElse("") : "";
    Optional<ValueType> type = TypeReader.read(String.valueOf(text));
    if (type.isEmpty()) {
      return checking.problem(
          ProblemCode.E404,
          written,
          "`" + checking.place(written).written() + "` is no type",
          "write a type in quotes, such as 'int', 'decimal(12,2)', '[string]'");
    }
    if (value instanceof Typed.Broken) {
      return value;
    }
    ValueType result = new ValueType(type.get().type(), value.type().optional());
    return result.equals(value.type())
        ? value
        : new Typed.Cast(result, value, checking.place(call));
  }

  private Typed record(Ast.Call call, Surroundings at) {
    if (call.arguments().size() % 2 != 0) {
      return wrongCount(call, "record('key', value, ...)");
    }
    List<String> keys = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i += 2) {
      Typed key = types.type(call.arguments().get(i), at);
      if (!(Checking.constant(key).orElse(0) instanceof String name)) {
        return checking.problem(
            ProblemCode.E404,
            call.arguments().get(i),
            "a key of `record` must be a text in quotes",
            "map_of(k, v, ...) takes any text as a key");
      }
      keys.add(name);
      values.add(types.type(call.arguments().get(i + 1), at));
    }
    return types.recordOf(call, keys, values);
  }

  private Typed map(Ast.Call call, Surroundings at) {
    if (call.arguments().size() % 2 != 0) {
      return wrongCount(call, "map_of('key', value, ...)");
    }
    List<Typed> keys = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i += 2) {
      Ast written = call.arguments().get(i);
      keys.add(
          checking.wanted(
              types.type(written, at),
              ValueType.required(DataType.STRING),
              written,
              ProblemCode.E404));
      values.add(types.type(call.arguments().get(i + 1), at));
    }
    if (Checking.isBroken(keys.toArray(Typed[]::new))
        || Checking.isBroken(values.toArray(Typed[]::new))) {
      return checking.broken(call);
    }
    Optional<DataType> common = Coercion.common(values);
    if (common.isEmpty()) {
      return types.operators().noCommonType(call, values);
    }
    List<Typed> entries = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.add(keys.get(i));
      entries.add(Coercion.as(common.get(), values.get(i)));
    }
    ValueType value = new ValueType(common.get(), Coercion.anyOptional(values));
    return new Typed.MapMaking(
        ValueType.required(new DataType.MapOf(value)), entries, checking.place(call));
  }

  private Typed nullTest(Ast.Call call, Surroundings at) {
    Typed value = types.type(call.arguments().get(0), at);
    if (value instanceof Typed.Broken) {
      return value;
    }
    ValueType truth = ValueType.required(DataType.BOOLEAN);
    Typed test = new Typed.NullTest(truth, value, checking.place(call));
    return call.name().equals("is_null") ? test : new Typed.Not(truth, test, checking.place(call));
  }

  private Typed meta(Ast.Call call) {
    boolean text =
        call.arguments().size() == 1
            && call.arguments().get(0) instanceof Ast.Literal literal
            && literal.value().orElse(0) instanceof String;
    if (!text) {
      return wrongCount(call, "meta('name'), with the name in quotes");
    }
    Ast.Literal key = (Ast.Literal) call.arguments().get(0);
    return new Names(checking).meta((String) key.value().orElseThrow(), key.span(), call);
  }
}
