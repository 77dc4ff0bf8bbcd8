package io.penstock.core.compile;

import io.penstock.core.expression.function.Call;
import io.penstock.core.expression.typed.Typed;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** Writes calls of functions: static calls of the declared methods, or their forms on bytes. */
final class CallWriter {
  private static final String MOST_BYTES = "16777216";
  private static final String FAILURE = "EvaluationException";

  private final Block block;
  private final NodeWriter nodes;

  CallWriter(Block block, NodeWriter nodes) {
    this.block = block;
    this.nodes = nodes;
  }

  /** A call that gives no text. */
  Value value(Typed.Invoke node) {
    List<Typed> given = node.arguments();
    return switch (Calls.form(node)) {
      case TEST -> nodes.texts().tested(test(node), given.get(0), given.get(1));
      case LENGTH -> {
        TextValue text = nodes.texts().slice(nodes.texts().text(given.get(0)));
        yield guarded(Kind.LONG, "Texts.length(" + text.parts() + ")", text.isNull());
      }
      case CLOCK -> {
        Value time = nodes.value(given.get(0));
        String name = node.function().method().getName();
        String offset = Literals.of(Calls.offset(node).orElseThrow());
        yield guarded(
            Kind.LONG,
            "ClockParts." + name + "(" + time.code() + ", " + offset + ")",
            time.isNull());
      }
      case NUMBER -> number(given.get(0), Natives.kind(node));
      case METHOD, PART, APPENDED, CONCAT, CANONICAL -> called(node);
    };
  }

  private Value number(Typed from, Kind to) {
    if (Natives.kind(from) != Kind.TEXT) {
      return nodes.numbers().cast(nodes.value(from), to);
    }
    TextValue text = nodes.texts().slice(nodes.texts().text(from));
    if (text.isNull().equals(Value.ALWAYS)) {
      return Value.nothing(to);
    }
    String there = text.mayBeNull() ? "!" + text.isNull() + " && " : "";
    block.failIf(there + "!Texts.isWhole(" + text.parts() + ")");
    return guarded(to, "Texts.whole(" + text.parts() + ")", text.isNull());
  }

  private static String test(Typed.Invoke node) {
    return switch (node.function().method().getName()) {
      case "startsWith" -> "starts";
      case "endsWith" -> "ends";
      default -> "contains";
    };
  }

  private Value guarded(Kind kind, String code, String isNull) {
    if (isNull.equals(Value.ALWAYS)) {
      return Value.nothing(kind);
    }
    String value =
        isNull.equals(Value.NEVER) ? code : isNull + " ? " + kind.nothing() + " : " + code;
    return new Value(kind, block.variable(kind.java(), value), isNull);
  }

  /** A call that gives a text which is not appended. */
  TextValue text(Typed.Invoke node) {
    if (Calls.form(node) == Calls.Form.PART) {
      return part(node);
    }
    String result = result(node, "Object", "null").variable();
    String string = block.variable("String", "(String) " + result);
    return TextValue.string(string, block.variable("boolean", string + " == null"));
  }

  private TextValue part(Typed.Invoke node) {
    TextValue text = nodes.texts().slice(nodes.texts().text(node.arguments().get(0)));
    String isNull = text.isNull();
    StringBuilder given = new StringBuilder(text.parts());
    for (int i = 1; i < node.arguments().size(); i++) {
      Value number = nodes.value(node.arguments().get(i));
      isNull = Value.either(isNull, number.isNull());
      given.append(", ").append(number.code());
      boolean length = i == 2;
      if (length && !isNull.equals(Value.ALWAYS)) {
        String there = isNull.equals(Value.NEVER) ? "" : "!" + isNull + " && ";
        block.failIf(there + number.code() + " < 0L");
      }
    }
    if (isNull.equals(Value.ALWAYS)) {
      return TextValue.string("null", Value.ALWAYS);
    }
    String name = node.function().method().getName();
    String code = "Texts." + name + "(" + given + ")";
    String part =
        block.variable("long", isNull.equals(Value.NEVER) ? code : isNull + " ? 0L : " + code);
    String from = block.variable("int", "Texts.from(" + part + ")");
    String to = block.variable("int", "Texts.to(" + part + ")");
    return TextValue.slice(text.bytes(), from, to, isNull);
  }

  /** Appends the text of a call. */
  String append(Typed.Invoke node, String out) {
    return switch (Calls.form(node)) {
      case APPENDED -> {
        TextValue text = nodes.texts().slice(nodes.texts().text(node.arguments().get(0)));
        if (!text.isNull().equals(Value.ALWAYS)) {
          String name = node.function().method().getName();
          String call = "Texts." + name + "(" + text.parts() + ", " + out + ");";
          block.line(text.mayBeNull() ? "if (!" + text.isNull() + ") " + call : call);
        }
        yield text.isNull();
      }
      case CANONICAL -> nodes.texts().append(node.arguments().get(0), out);
      case CONCAT -> {
        concat(node, out);
        yield Value.NEVER;
      }
      case METHOD, PART, TEST, LENGTH, NUMBER, CLOCK ->
          throw new IllegalStateException("not appended: " + node);
    };
  }

  private void concat(Typed.Invoke node, String out) {
    String start = block.variable("int", out + ".length");
    for (Typed argument : node.arguments()) {
      String mark = block.variable("int", out + ".length");
      String isNull = nodes.texts().append(argument, out);
      String back = out + ".length = " + mark + ";";
      if (!isNull.equals(Value.NEVER)) {
        block.line(isNull.equals(Value.ALWAYS) ? back : "if (" + isNull + ") " + back);
      }
    }
    block.failIf(out + ".length - " + start + " > " + MOST_BYTES);
  }

  private Value called(Typed.Invoke node) {
    Kind kind = Natives.kind(node);
    Class<?> type = node.function().method().getReturnType();
    return type.isPrimitive() && Kind.of(type) == kind
        ? plain(node, kind)
        : nodes.unboxed(kind, result(node, "Object", "null").variable(), node);
  }

  private Value plain(Typed.Invoke node, Kind kind) {
    Result result = result(node, kind.java(), kind.nothing());
    String isNull =
        result.nulls().isEmpty() ? Value.NEVER : block.variable("boolean", result.nulls());
    return new Value(kind, result.variable(), isNull);
  }

  /** The variable of a result, and the condition under which the method was not called. */
  private record Result(String variable, String nulls) {}

  /** The arguments of a call as written, and the conditions under which it gives null. */
  private record Given(List<String> code, List<String> nulls) {}

  /** The call of the declared method, into a variable of a type. */
  private Result result(Typed.Invoke node, String type, String nothing) {
    Method method = node.function().method();
    Given given = given(node, method.getParameterTypes());
    String code =
        method.getDeclaringClass().getName()
            + "."
            + method.getName()
            + "("
            + String.join(", ", given.code())
            + ")";
    String result = block.variable(type, nothing);
    boolean box = type.equals("Object") && method.getReturnType().isPrimitive();
    invoked(node, result + " = " + (box ? boxed(method, code) : code) + ";", given.nulls());
    return new Result(result, String.join(" || ", given.nulls()));
  }

  private Given given(Typed.Invoke node, Class<?>[] types) {
    int before = types.length > 0 && types[0] == Call.class ? 1 : 0;
    boolean repeats = node.function().signature().repeats();
    int fixed = node.function().signature().parameters().size() - (repeats ? 1 : 0);
    Given given = new Given(new ArrayList<>(), new ArrayList<>());
    if (before > 0) {
      given.code().add(block.field(block.fields().call(node)));
    }
    List<String> more = new ArrayList<>();
    for (int i = 0; i < node.arguments().size(); i++) {
      Class<?> type = i < fixed ? types[before + i] : Object.class;
      String argument = argument(node, i, type, given.nulls());
      (i < fixed ? given.code() : more).add(argument);
    }
    if (repeats) {
      given.code().add("Boxes.list(new Object[] {" + String.join(", ", more) + "})");
    }
    return given;
  }

  private String argument(Typed.Invoke node, int index, Class<?> type, List<String> nulls) {
    Typed argument = node.arguments().get(index);
    if (type.isPrimitive() && Kind.of(type) == Natives.kind(argument)) {
      Value value = nodes.value(argument);
      if (value.mayBeNull()) {
        nulls.add(value.isNull());
      }
      return value.code();
    }
    String boxed = nodes.boxed(argument);
    boolean never = Natives.kind(argument) != Kind.BOXED && isNeverNull(argument);
    if (Calls.isStrict(node, index) && !never) {
      nulls.add(boxed + " == null");
    }
    return as(type, boxed);
  }

  private static String boxed(Method method, String code) {
    Class<?> type = method.getReturnType();
    String box = type == long.class ? "Long" : type == double.class ? "Double" : "Boolean";
    return box + ".valueOf(" + code + ")";
  }

  private boolean isNeverNull(Typed argument) {
    return argument instanceof Typed.Constant constant && constant.value().isPresent();
  }

  private void invoked(Typed.Invoke node, String statement, List<String> nulls) {
    if (nulls.contains(Value.ALWAYS)) {
      return;
    }
    String guard = nulls.isEmpty() ? "" : "if (!(" + String.join(" || ", nulls) + ")) ";
    if (!Calls.fails(node)) {
      block.line(guard + statement);
      return;
    }
    String failed = block.variable("boolean", "false");
    block.line(
        guard
            + "{ try { "
            + statement
            + " } catch ("
            + FAILURE
            + " e) { "
            + failed
            + " = true; } }");
    block.failIf(failed);
  }

  private static String as(Class<?> type, String boxed) {
    if (type == long.class) {
      return "((Long) " + boxed + ").longValue()";
    }
    if (type == double.class) {
      return "((Double) " + boxed + ").doubleValue()";
    }
    if (type == boolean.class) {
      return "((Boolean) " + boxed + ").booleanValue()";
    }
    return type == Object.class ? boxed : "(" + type.getCanonicalName() + ") " + boxed;
  }
}
