package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.function.Function.Nulls;
import io.penstock.core.expression.function.FunctionDeclaration;
import io.penstock.core.expression.function.Signature;
import io.penstock.core.expression.function.TypePattern;
import io.penstock.core.expression.function.TypePattern.Slot;
import io.penstock.core.expression.function.Typing;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Picks the overload of a declared function and converts the arguments to what it takes. */
final class Overloads {
  private final Checking checking;
  private final TypeChecker types;

  Overloads(Checking checking, TypeChecker types) {
    this.checking = checking;
    this.types = types;
  }

  Typed call(Ast.Call call, List<FunctionDeclaration> candidates, Surroundings at) {
    @Nullable Typed[] given = given(call, at);
    if (given == null) {
      return checking.broken(call);
    }
    FunctionDeclaration chosen = null;
    Bindings bindings = new Bindings();
    for (FunctionDeclaration candidate : candidates) {
      Bindings tried = new Bindings();
      if (mismatch(candidate.signature(), given, call, tried) < 0) {
        chosen = candidate;
        bindings = tried;
        break;
      }
    }
    if (chosen == null) {
      return noOverload(call, candidates, given);
    }
    List<Typed> arguments = convert(chosen.signature(), given, call, bindings, at);
    if (Checking.isBroken(arguments.toArray(Typed[]::new))) {
      return checking.broken(call);
    }
    return invoke(call, chosen, arguments, bindings);
  }

  /** The arguments that are values; null where one is broken. */
  @Nullable Typed @Nullable [] given(Ast.Call call, Surroundings at) {
    @Nullable Typed[] given = new Typed[call.arguments().size()];
    boolean broken = false;
    for (int i = 0; i < given.length; i++) {
      Ast written = call.arguments().get(i);
      if (!(written instanceof Ast.Lambda)) {
        Typed value = types.type(written, at);
        broken |= value instanceof Typed.Broken;
        given[i] = value;
      }
    }
    return broken ? null : given;
  }

  /** The first argument that does not fit, or -1. */
  static int mismatch(
      Signature signature, @Nullable Typed[] given, Ast.Call call, Bindings bindings) {
    for (int i = 0; i < given.length; i++) {
      Slot slot = signature.parameter(i).type();
      Typed argument = given[i];
      boolean lambda = slot.pattern() instanceof TypePattern.FunctionOf;
      if (argument == null) {
        boolean fits =
            slot.pattern() instanceof TypePattern.FunctionOf of
                && of.parameters().size()
                    == ((Ast.Lambda) call.arguments().get(i)).parameters().size();
        if (!fits) {
          return i;
        }
      } else if (lambda || !bindings.fits(slot, argument)) {
        return i;
      }
    }
    return bindings.settle() ? -1 : 0;
  }

  private Typed noOverload(
      Ast.Call call, List<FunctionDeclaration> candidates, @Nullable Typed[] given) {
    int at = 0;
    FunctionDeclaration nearest = candidates.get(0);
    for (FunctionDeclaration candidate : candidates) {
      int wrong = mismatch(candidate.signature(), given, call, new Bindings());
      if (wrong >= at) {
        at = wrong;
        nearest = candidate;
      }
    }
    Signature.Parameter parameter = nearest.signature().parameter(at);
    return wrongArgument(call, call.name(), at, parameter, given[at]);
  }

  Typed wrongArgument(
      Ast.Call call, String name, int at, Signature.Parameter parameter, @Nullable Typed argument) {
    Ast written = call.arguments().get(at);
    if (argument == null) {
      return checking.problem(
          ProblemCode.E404,
          written,
          "`"
              + parameter.name()
              + "` of `"
              + name
              + "` takes "
              + parameter.type()
              + ", not this lambda",
          "give it " + parameter.type());
    }
    boolean json = Checking.isJson(argument);
    return checking.problem(
        json ? ProblemCode.E405 : ProblemCode.E404,
        written,
        "`"
            + parameter.name()
            + "` of `"
            + name
            + "` must be "
            + parameter.type().pattern()
            + ", not "
            + argument.type().type(),
        hint(parameter.type().pattern()));
  }

  private static String hint(TypePattern pattern) {
    if (pattern instanceof TypePattern.Exact exact) {
      return "cast it: " + Coercion.cast(exact.type()) + "(x)";
    }
    if (pattern instanceof TypePattern.Number || pattern instanceof TypePattern.AnyDecimal) {
      return "cast it: to_int(x), to_double(x), to_decimal(x)";
    }
    if (pattern instanceof TypePattern.FunctionOf) {
      return "give it a lambda: x -> x + 1";
    }
    return "give it " + pattern;
  }

  /** Values first, since they tell the types of the lambdas' parameters. */
  List<Typed> convert(
      Signature signature,
      @Nullable Typed[] given,
      Ast.Call call,
      Bindings bindings,
      Surroundings at) {
    Typed[] converted = new Typed[given.length];
    for (int i = 0; i < given.length; i++) {
      if (given[i] == null) {
        Slot slot = signature.parameter(i).type();
        converted[i] =
            lambda(
                (Ast.Lambda) call.arguments().get(i),
                (TypePattern.FunctionOf) slot.pattern(),
                bindings,
                at);
      }
    }
    for (int i = 0; i < given.length; i++) {
      Typed argument = given[i];
      if (argument != null) {
        converted[i] = argument(signature.parameter(i).type(), argument, bindings);
      }
    }
    return List.of(converted);
  }

  private static Typed argument(Slot slot, Typed argument, Bindings bindings) {
    TypePattern pattern = slot.pattern();
    boolean asGiven =
        pattern instanceof TypePattern.Any || pattern instanceof TypePattern.AnyRecord;
    if (asGiven) {
      return argument;
    }
    if (pattern instanceof TypePattern.AnyDecimal && !Checking.isNull(argument)) {
      return Coercion.as(TypeChecker.decimalOf(argument), argument);
    }
    return Coercion.as(bindings.type(slot).type(), argument);
  }

  private Typed lambda(
      Ast.Lambda lambda, TypePattern.FunctionOf pattern, Bindings bindings, Surroundings at) {
    Typed made = typed(lambda, pattern, bindings, at);
    boolean grown =
        pattern.result().pattern() instanceof TypePattern.Variable variable
            && !(made instanceof Typed.Broken)
            && bindings.knows(variable.name())
            && !bindings.type(pattern.result()).type().equals(made.type().type())
            && bindings.bind(variable.name(), made.type());
    // The result of a fold may be wider than where it starts: once more with the wider type.
    return grown ? typed(lambda, pattern, bindings, at) : made;
  }

  private Typed typed(
      Ast.Lambda lambda, TypePattern.FunctionOf pattern, Bindings bindings, Surroundings at) {
    Surroundings inside = at;
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < lambda.parameters().size(); i++) {
      Ast.Name parameter = lambda.parameters().get(i);
      int slot = checking.budget.slot();
      slots.add(slot);
      inside =
          inside.with(
              parameter.name(),
              new Typed.Local(
                  bindings.type(pattern.parameters().get(i)),
                  slot,
                  parameter.name(),
                  checking.place(parameter)));
    }
    Typed body = types.type(lambda.body(), inside);
    if (body instanceof Typed.Broken) {
      return body;
    }
    Typed result = result(lambda, pattern.result(), body, bindings);
    return result instanceof Typed.Broken
        ? result
        : new Typed.LambdaMaking(result.type(), slots, result, checking.place(lambda));
  }

  private Typed result(Ast.Lambda lambda, Slot wanted, Typed body, Bindings bindings) {
    if (wanted.pattern() instanceof TypePattern.Variable variable) {
      if (!bindings.knows(variable.name())) {
        bindings.bind(variable.name(), body.type());
        return body;
      }
      ValueType type = bindings.type(wanted);
      return Coercion.to(type.type(), body)
          .orElseGet(
              () ->
                  type.type().equals(DataType.JSON) ? Coercion.convert(DataType.JSON, body) : body);
    }
    if (wanted.pattern() instanceof TypePattern.Any) {
      return body;
    }
    ValueType type = bindings.type(wanted).asOptional();
    return checking.wanted(body, type, lambda.body(), ProblemCode.E404);
  }

  private Typed invoke(
      Ast.Call call, FunctionDeclaration function, List<Typed> arguments, Bindings bindings) {
    ValueType declared = bindings.type(function.signature().result());
    Optional<ValueType> result = typing(function.about().typing(), call, arguments, declared);
    if (result.isEmpty()) {
      return checking.broken(call);
    }
    boolean optional = result.get().optional();
    for (int i = 0; i < arguments.size(); i++) {
      Slot slot = function.signature().parameter(i).type();
      boolean sees = function.about().nulls() == Nulls.SEES_NULLS && slot.optional();
      optional |=
          arguments.get(i).type().optional()
              && !sees
              && !(arguments.get(i) instanceof Typed.LambdaMaking);
    }
    return new Typed.Invoke(
        new ValueType(result.get().type(), optional), function, arguments, checking.place(call));
  }

  /** What the typing hook says; empty where it reported a mistake. */
  Optional<ValueType> typing(
      Class<? extends Typing> hook, Ast.Call call, List<Typed> arguments, ValueType declared) {
    if (hook.equals(Typing.Declared.class)) {
      return Optional.of(declared);
    }
    try {
      var constructor = hook.getDeclaredConstructor();
      constructor.setAccessible(true);
      Typing typing = constructor.newInstance();
      Given given = new Given(arguments, declared);
      ValueType result = typing.result(given);
      typing
          .doubt(given)
          .ifPresent(
              doubt ->
                  checking.problem(
                      ProblemCode.W401,
                      call.arguments().get(doubt.argument()),
                      doubt.text(),
                      doubt.hint()));
      return Optional.of(result);
    } catch (Typing.Mistake mistake) {
      if (!mistake.isReported()) {
        checking.problem(
            ProblemCode.E404,
            call.arguments().get(Math.min(mistake.argument(), call.arguments().size() - 1)),
            mistake.text(),
            mistake.hint());
      }
      return Optional.empty();
    } catch (ReflectiveOperationException bug) {
      throw new IllegalStateException("typing hook " + hook.getName(), bug);
    }
  }

  private record Given(List<Typed> arguments, ValueType declared) implements Typing.Arguments {
    @Override
    public int count() {
      return arguments.size();
    }

    @Override
    public ValueType type(int index) {
      return arguments.get(index).type();
    }

    @Override
    public Optional<Object> constant(int index) {
      return Checking.constant(arguments.get(index));
    }
  }
}
