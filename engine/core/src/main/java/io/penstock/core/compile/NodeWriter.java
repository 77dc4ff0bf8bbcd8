package io.penstock.core.compile;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes the Java of a node's value into a method's body. */
final class NodeWriter {
  private final Block block;
  private final Shape shape;
  private final Methods methods;
  private final boolean unguarded;
  private final TextWriter texts;
  private final NumberWriter numbers;
  private final CallWriter calls;

  /**
   * A writer for one method.
   *
   * @param unguarded whether columns are read as if no row were null
   */
  NodeWriter(Block block, Shape shape, Methods methods, boolean unguarded) {
    this.block = block;
    this.shape = shape;
    this.methods = methods;
    this.unguarded = unguarded;
    this.texts = new TextWriter(block, shape, methods, this);
    this.numbers = new NumberWriter(block, this);
    this.calls = new CallWriter(block, this);
  }

  Block block() {
    return block;
  }

  TextWriter texts() {
    return texts;
  }

  NumberWriter numbers() {
    return numbers;
  }

  CallWriter calls() {
    return calls;
  }

  /** The value of a node that is no text. */
  Value value(Typed node) {
    if (node instanceof Typed.Constant constant) {
      return constant(constant);
    }
    int number = shape.number(node);
    Optional<Value> known = block.known(number, Value.class);
    if (known.isPresent()) {
      return known.get();
    }
    Value value = shape.isOutlined(node) ? methods.call(node, block, unguarded) : written(node);
    if (Shape.isShareable(node)) {
      block.remember(number, value);
    }
    return value;
  }

  /** The value written right here. */
  Value written(Typed node) {
    if (!Natives.isNative(node)) {
      return leaf(node);
    }
    Optional<ColumnPath> path = ColumnPath.of(node);
    if (path.isPresent()) {
      return column(node, path.get());
    }
    if (node instanceof Typed.Logic logic) {
      return logic(logic);
    }
    if (node instanceof Typed.Not not) {
      Value value = value(not.value());
      return new Value(
          Kind.TRUTH, block.variable("boolean", Value.not(value.code())), value.isNull());
    }
    if (node instanceof Typed.NullTest test) {
      return Value.of(Kind.TRUTH, block.variable("boolean", isNull(test.value())));
    }
    if (node instanceof Typed.Choice choice) {
      return choice(choice);
    }
    if (node instanceof Typed.Coalesce coalesce) {
      return coalesce(coalesce);
    }
    if (node instanceof Typed.Membership || node instanceof Typed.Matching) {
      return texts.found(node);
    }
    if (node instanceof Typed.Invoke invoke) {
      return calls.value(invoke);
    }
    return numbers.value(node);
  }

  /** The condition under which a node's value is null. */
  String isNull(Typed node) {
    if (JsonValues.isPath(node)) {
      return JsonValues.place(node, block) + " < 0";
    }
    return Natives.kind(node) == Kind.TEXT ? texts.text(node).isNull() : value(node).isNull();
  }

  private Value constant(Typed.Constant node) {
    Kind kind = Natives.kind(node);
    if (node.value().isEmpty()) {
      return Value.nothing(kind);
    }
    Object value = node.value().get();
    return switch (kind) {
      case LONG -> Value.of(kind, Literals.of((Long) value));
      case DOUBLE -> Value.of(kind, Literals.of((Double) value));
      case TRUTH -> Value.of(kind, value.toString());
      case DECIMAL -> decimal(node, (BigDecimal) value);
      case TEXT, BOXED -> Value.of(kind, boxed(value));
    };
  }

  private Value decimal(Typed.Constant node, BigDecimal value) {
    if (!Natives.isNative(node)) {
      return leaf(node);
    }
    int scale = Natives.scale(node);
    return Value.of(
        Kind.DECIMAL, Literals.of(value.setScale(scale).unscaledValue().longValueExact()));
  }

  private String boxed(Object value) {
    return block.field(block.fields().constant(new Same(value), value, "Object"));
  }

  /** A constant that equals only itself. */
  private record Same(Object value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Same that && value == that.value;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(value);
    }
  }

  private Value column(Typed node, ColumnPath path) {
    Kind kind = Natives.kind(node);
    String name = block.field(block.fields().column(path, kind));
    String isNull = unguarded ? Value.NEVER : missing(name);
    if (kind == Kind.DECIMAL) {
      String high = block.field(name + "h");
      block.failIf(high + " != null && " + high + "[r] != " + name + "[r] >> 63");
    }
    return new Value(kind, block.variable(kind.java(), name + "[r]"), isNull);
  }

  /** Declares whether the row of a column is null. */
  String missing(String column) {
    if (unguarded) {
      return Value.NEVER;
    }
    String words = block.field(column + "w");
    return block.variable("boolean", "Validity.isNull(" + words + ", r)");
  }

  /** A node on closures. */
  private Value leaf(Typed node) {
    String boxed = leafValue(node);
    Kind kind = Natives.kind(node);
    return unboxed(kind, boxed, node);
  }

  /** The boxed value of a node on closures, in a variable. */
  String leafValue(Typed node) {
    String leaf = block.field(block.fields().leaf(node));
    String value = block.variable("Object", leaf + ".value(r)");
    block.failIf(leaf + ".failed()");
    return value;
  }

  /** A boxed value, perhaps null, as a value of a kind. */
  Value unboxed(Kind kind, String boxed, Typed node) {
    if (kind == Kind.BOXED) {
      return new Value(kind, boxed, "(" + boxed + " == null)");
    }
    String isNull = block.variable("boolean", boxed + " == null");
    String code =
        switch (kind) {
          case LONG -> "((Long) " + boxed + ").longValue()";
          case DOUBLE -> "((Double) " + boxed + ").doubleValue()";
          case TRUTH -> "((Boolean) " + boxed + ").booleanValue()";
          case DECIMAL -> fitted(boxed, node);
          case TEXT, BOXED -> throw new IllegalArgumentException("texts are no such values");
        };
    return new Value(
        kind, block.variable(kind.java(), isNull + " ? " + kind.nothing() + " : " + code), isNull);
  }

  /** A boxed decimal as an unscaled number; the row is left where that does not fit. */
  private String fitted(String boxed, Typed node) {
    String number = "((java.math.BigDecimal) " + boxed + ")";
    String type = ", " + Natives.precision(node) + ", " + Natives.scale(node);
    block.failIf(boxed + " != null && !Scaled.fits(" + number + type + ")");
    return "Scaled.unscaled(" + number + ", " + Natives.scale(node) + ")";
  }

  private Value logic(Typed.Logic node) {
    Value left = value(node.left());
    String open = Value.either(left.isNull(), node.and() ? left.code() : Value.not(left.code()));
    if (open.equals(Value.NEVER)) {
      return left;
    }
    if (open.equals(Value.ALWAYS) && !left.mayBeNull()) {
      return value(node.right());
    }
    String value = block.variable("boolean", node.and() ? "false" : "true");
    String isNull = block.variable("boolean", "false");
    block.open(open.equals(Value.ALWAYS) ? "" : "if (" + open + ")");
    Value right = value(node.right());
    String there = "!" + right.isNull();
    if (node.and()) {
      block.line(value + " = " + right.code() + " & " + there + " & !" + left.isNull() + ";");
      block.line(
          isNull + " = " + right.isNull() + " | (" + right.code() + " & " + left.isNull() + ");");
    } else {
      block.line(value + " = " + right.code() + " & " + there + ";");
      block.line(
          isNull + " = " + right.isNull() + " | (!" + right.code() + " & " + left.isNull() + ");");
    }
    block.close();
    boolean never = !left.mayBeNull() && !right.mayBeNull();
    return new Value(Kind.TRUTH, value, never ? Value.NEVER : isNull);
  }

  private Value choice(Typed.Choice node) {
    Kind kind = Natives.kind(node);
    Value condition = value(node.condition());
    if (Value.isSettled(condition.holds())) {
      Value taken = value(condition.holds().equals(Value.ALWAYS) ? node.then() : node.otherwise());
      return taken.kind() == kind ? taken : Value.nothing(kind);
    }
    String value = block.variable(kind.java(), kind.nothing());
    String isNull = block.variable("boolean", "false");
    block.open("if (" + condition.holds() + ")");
    boolean may = assign(value, isNull, node.then());
    block.orElse();
    may |= assign(value, isNull, node.otherwise());
    block.close();
    return new Value(kind, value, may ? isNull : Value.NEVER);
  }

  private boolean assign(String value, String isNull, Typed from) {
    Value computed = value(from);
    if (!computed.isNull().equals(Value.ALWAYS)) {
      block.line(value + " = " + computed.code() + ";");
    }
    if (computed.mayBeNull()) {
      block.line(isNull + " = " + computed.isNull() + ";");
    }
    return computed.mayBeNull();
  }

  private Value coalesce(Typed.Coalesce node) {
    Kind kind = Natives.kind(node);
    String value = block.variable(kind.java(), kind.nothing());
    String isNull = block.variable("boolean", "true");
    int opened = 0;
    boolean may = true;
    List<Typed> values = shape.parts(node);
    for (int i = 0; i < values.size() && may; i++) {
      Value computed = value(values.get(i));
      if (!computed.isNull().equals(Value.ALWAYS)) {
        block.line(value + " = " + computed.code() + ";");
        block.line(isNull + " = " + computed.isNull() + ";");
      }
      may = computed.mayBeNull();
      if (may && i + 1 < values.size()) {
        block.open("if (" + isNull + ")");
        opened++;
      }
    }
    for (int i = 0; i < opened; i++) {
      block.close();
    }
    return new Value(kind, value, may ? isNull : Value.NEVER);
  }

  /** The boxed form of a node's value, null where it is null. */
  String boxed(Typed node) {
    DataType type = node.type().type();
    if (Natives.kind(node) == Kind.TEXT) {
      return texts.asString(texts.text(node));
    }
    Value value = value(node);
    if (value.isNull().equals(Value.ALWAYS)) {
      return "null";
    }
    String code =
        switch (value.kind()) {
          case LONG -> "Long.valueOf(" + value.code() + ")";
          case DOUBLE -> "Double.valueOf(" + value.code() + ")";
          case TRUTH -> "Boolean.valueOf(" + value.code() + ")";
          case DECIMAL ->
              "java.math.BigDecimal.valueOf("
                  + value.code()
                  + ", "
                  + ((DataType.Decimal) type).scale()
                  + ")";
          case TEXT, BOXED -> value.code();
        };
    if (!value.mayBeNull() || value.kind() == Kind.BOXED) {
      return value.kind() == Kind.BOXED ? code : block.variable("Object", code);
    }
    String boxed = block.variable("Object", "null");
    block.line("if (!" + value.isNull() + ") " + boxed + " = " + code + ";");
    return boxed;
  }
}
