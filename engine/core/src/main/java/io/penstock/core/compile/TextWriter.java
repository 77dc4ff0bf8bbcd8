package io.penstock.core.compile;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Comparison.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes texts: as parts of byte arrays where that is what they are, else appended to where they
 * are wanted, so that none becomes a String unless a function asks for one.
 */
final class TextWriter {
  private static final int FEW = 6;

  private final Block block;
  private final Shape shape;
  private final Methods methods;
  private final NodeWriter nodes;

  TextWriter(Block block, Shape shape, Methods methods, NodeWriter nodes) {
    this.block = block;
    this.shape = shape;
    this.methods = methods;
    this.nodes = nodes;
  }

  /** A text in the form that costs nothing more. */
  TextValue text(Typed node) {
    if (node instanceof Typed.Constant constant) {
      return constant(constant);
    }
    int number = shape.number(node);
    Optional<TextValue> known = block.known(number, TextValue.class);
    if (known.isPresent()) {
      return known.get();
    }
    TextValue text = isAppended(node) ? gathered(node) : written(node);
    if (Shape.isShareable(node)) {
      block.remember(number, text);
    }
    return text;
  }

  private TextValue constant(Typed.Constant node) {
    if (node.value().isEmpty()) {
      return TextValue.string("null", Value.ALWAYS);
    }
    return constant((String) node.value().get());
  }

  private TextValue constant(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String name = block.field(block.fields().constant(text, bytes, "byte[]"));
    return TextValue.slice(name, "0", Integer.toString(bytes.length), Value.NEVER);
  }

  /** Whether a text is made piece by piece. */
  private boolean isAppended(Typed node) {
    return shape.isOutlined(node)
        || Natives.isNative(node)
            && (node instanceof Typed.Join
                || node instanceof Typed.Choice
                || node instanceof Typed.Coalesce
                || node instanceof Typed.Invoke invoke && Calls.isAppended(invoke));
  }

  private TextValue written(Typed node) {
    if (!Natives.isNative(node)) {
      String boxed = nodes.leafValue(node);
      String string = block.variable("String", "(String) " + boxed);
      return TextValue.string(string, block.variable("boolean", string + " == null"));
    }
    Optional<ColumnPath> path = ColumnPath.of(node);
    if (path.isPresent()) {
      return column(path.get());
    }
    if (node instanceof Typed.Convert convert) {
      return JsonValues.reads(convert) ? JsonValues.text(convert, block) : text(convert.value());
    }
    if (node instanceof Typed.Cast cast) {
      return text(cast.value());
    }
    return nodes.calls().text((Typed.Invoke) node);
  }

  private TextValue column(ColumnPath path) {
    String name = block.field(block.fields().column(path, Kind.TEXT));
    String isNull = nodes.missing(name);
    String from = block.variable("int", block.field(name + "o") + "[r]");
    String to = block.variable("int", block.field(name + "e") + "[r]");
    return TextValue.slice(name, from, to, isNull);
  }

  /** A text put together in a buffer of its own. */
  private TextValue gathered(Typed node) {
    String buffer = block.field(block.fields().scratch());
    block.line(buffer + ".length = 0;");
    String isNull = pieces(node, buffer);
    return TextValue.slice(buffer + ".bytes", "0", buffer + ".length", isNull);
  }

  /** A text as a part of an array. */
  TextValue slice(TextValue text) {
    if (text.isSlice()) {
      return text;
    }
    if (text.isNull().equals(Value.ALWAYS)) {
      return new TextValue(constant("").bytes(), "0", "0", "", Value.ALWAYS);
    }
    String buffer = block.field(block.fields().scratch());
    block.line(buffer + ".length = 0;");
    guarded(text.isNull(), buffer + ".append(" + text.string() + ");");
    return TextValue.slice(buffer + ".bytes", "0", buffer + ".length", text.isNull());
  }

  /** A text as a String, null where it is null. */
  String asString(TextValue text) {
    if (!text.isSlice()) {
      return text.string();
    }
    if (!text.mayBeNull()) {
      return block.variable("String", "Texts.string(" + text.parts() + ")");
    }
    String string = block.variable("String", "null");
    guarded(text.isNull(), string + " = Texts.string(" + text.parts() + ");");
    return string;
  }

  private void guarded(String isNull, String statement) {
    if (isNull.equals(Value.ALWAYS)) {
      return;
    }
    block.line(isNull.equals(Value.NEVER) ? statement : "if (!" + isNull + ") " + statement);
  }

  /**
   * Appends the canonical text of a node to a buffer. What was appended of a null is to be dropped.
   *
   * @return the condition under which it is null
   */
  String append(Typed node, String out) {
    if (Natives.kind(node) != Kind.TEXT) {
      return canonical(node, out);
    }
    boolean direct = isAppended(node) && !shape.isRepeated(node);
    if (direct) {
      return pieces(node, out);
    }
    TextValue text = text(node);
    guarded(text.isNull(), out + ".append(" + appended(text) + ");");
    return text.isNull();
  }

  /** A text as arguments of {@code append}; a text of one byte is that byte. */
  private static String appended(TextValue text) {
    if (!text.isSlice()) {
      return text.string();
    }
    boolean one = text.from().equals("0") && text.to().equals("1");
    return one ? text.bytes() + "[0]" : text.parts();
  }

  private String canonical(Typed node, String out) {
    Value value = nodes.value(node);
    if (value.isNull().equals(Value.ALWAYS)) {
      return Value.ALWAYS;
    }
    DataType type = node.type().type();
    String text =
        switch (value.kind()) {
          case LONG -> type.equals(DataType.INT) ? value.code() : valueText(node);
          case TRUTH -> "String.valueOf(" + value.code() + ")";
          case DECIMAL -> "Scaled.text(" + value.code() + ", " + Natives.scale(node) + ")";
          case DOUBLE, BOXED -> valueText(node);
          case TEXT -> throw new IllegalStateException("a text is appended as it is");
        };
    guarded(value.isNull(), out + ".append(" + text + ");");
    return value.isNull();
  }

  private String valueText(Typed node) {
    String type =
        block.field(block.fields().constant(node.type().type(), node.type().type(), "DataType"));
    String boxed = nodes.boxed(node);
    return "Values.toText(" + type + ", " + boxed + ")";
  }

  /** Appends a text that is made of pieces. */
  String pieces(Typed node, String out) {
    if (shape.isOutlined(node)) {
      return methods.append(node, out, block);
    }
    return piecesHere(node, out);
  }

  /** The same, written right here. */
  String piecesHere(Typed node, String out) {
    if (node instanceof Typed.Join join) {
      return join(join, out);
    }
    if (node instanceof Typed.Choice choice) {
      return choice(choice, out);
    }
    if (node instanceof Typed.Coalesce coalesce) {
      return coalesce(coalesce, out);
    }
    if (node instanceof Typed.Invoke invoke && Natives.isNative(node) && Calls.isAppended(invoke)) {
      return nodes.calls().append(invoke, out);
    }
    TextValue text = written(node);
    guarded(text.isNull(), out + ".append(" + appended(text) + ");");
    return text.isNull();
  }

  private String join(Typed.Join node, String out) {
    String isNull = block.variable("boolean", "true");
    int opened = 0;
    boolean never = false;
    for (Typed part : shape.parts(node)) {
      String missing = append(part, out);
      never |= missing.equals(Value.ALWAYS);
      if (never) {
        break;
      }
      if (!missing.equals(Value.NEVER)) {
        block.open("if (!" + missing + ")");
        opened++;
      }
    }
    if (!never) {
      block.line(isNull + " = false;");
    }
    for (int i = 0; i < opened; i++) {
      block.close();
    }
    return never ? Value.ALWAYS : opened == 0 ? Value.NEVER : isNull;
  }

  private String choice(Typed.Choice node, String out) {
    Value condition = nodes.value(node.condition());
    if (Value.isSettled(condition.holds())) {
      return append(condition.holds().equals(Value.ALWAYS) ? node.then() : node.otherwise(), out);
    }
    String isNull = block.variable("boolean", "false");
    block.open("if (" + condition.holds() + ")");
    String then = append(node.then(), out);
    set(isNull, then);
    block.orElse();
    String otherwise = append(node.otherwise(), out);
    set(isNull, otherwise);
    block.close();
    boolean never = then.equals(Value.NEVER) && otherwise.equals(Value.NEVER);
    return never ? Value.NEVER : isNull;
  }

  private void set(String variable, String isNull) {
    if (!isNull.equals(Value.NEVER)) {
      block.line(variable + " = " + isNull + ";");
    }
  }

  private String coalesce(Typed.Coalesce node, String out) {
    String isNull = block.variable("boolean", "true");
    String mark = block.variable("int", out + ".length");
    int opened = 0;
    boolean may = true;
    List<Typed> values = shape.parts(node);
    for (int i = 0; i < values.size() && may; i++) {
      String missing = append(values.get(i), out);
      block.line(isNull + " = " + missing + ";");
      may = !missing.equals(Value.NEVER);
      if (may && i + 1 < values.size()) {
        block.open("if (" + isNull + ")");
        block.line(out + ".length = " + mark + ";");
        opened++;
      }
    }
    for (int i = 0; i < opened; i++) {
      block.close();
    }
    return may ? isNull : Value.NEVER;
  }

  Value compared(Order order, Typed left, Typed right) {
    TextValue a = slice(text(left));
    TextValue b = slice(text(right));
    boolean equality = order == Order.EQUAL || order == Order.UNEQUAL;
    String given = a.parts() + ", " + b.parts();
    String code =
        equality
            ? (order == Order.EQUAL ? "" : "!") + "Texts.equal(" + given + ")"
            : "Texts.compare(" + given + ")" + NumberWriter.sign(order) + "0";
    return tested(code, Value.either(a.isNull(), b.isNull()));
  }

  private Value tested(String code, String isNull) {
    if (isNull.equals(Value.NEVER)) {
      return Value.of(Kind.TRUTH, block.variable("boolean", code));
    }
    if (isNull.equals(Value.ALWAYS)) {
      return Value.nothing(Kind.TRUTH);
    }
    return new Value(Kind.TRUTH, block.variable("boolean", "!" + isNull + " && " + code), isNull);
  }

  Value same(Typed left, Typed right) {
    TextValue a = slice(text(left));
    TextValue b = slice(text(right));
    String equal = "Texts.equal(" + a.parts() + ", " + b.parts() + ")";
    return Value.of(
        Kind.TRUTH,
        block.variable(
            "boolean",
            a.isNull()
                + " | "
                + b.isNull()
                + " ? "
                + a.isNull()
                + " & "
                + b.isNull()
                + " : "
                + equal));
  }

  /** {@code in}, {@code =^}, {@code =$}. */
  Value found(Typed node) {
    if (node instanceof Typed.Membership membership) {
      return member(membership);
    }
    Typed.Matching matching = (Typed.Matching) node;
    boolean start = matching.kind() == Typed.Matching.Kind.STARTS;
    return tested(start ? "starts" : "ends", matching.value(), matching.pattern());
  }

  /** A test of two texts. */
  Value tested(String test, Typed left, Typed right) {
    TextValue a = slice(text(left));
    TextValue b = slice(text(right));
    return tested(
        "Texts." + test + "(" + a.parts() + ", " + b.parts() + ")",
        Value.either(a.isNull(), b.isNull()));
  }

  private Value member(Typed.Membership node) {
    List<?> all = (List<?>) ((Typed.Constant) node.list()).value().orElseThrow();
    List<?> known = all.stream().filter(Objects::nonNull).toList();
    boolean text = Natives.kind(node.value()) == Kind.TEXT;
    Value found =
        text ? memberText(node.value(), known) : memberNumber(nodes.value(node.value()), known);
    if (known.size() == all.size() || found.isNull().equals(Value.ALWAYS)) {
      return found;
    }
    return new Value(
        Kind.TRUTH,
        found.code(),
        block.variable("boolean", found.isNull() + " || !" + found.code()));
  }

  private Value memberText(Typed value, List<?> known) {
    TextValue wanted = slice(text(value));
    StringBuilder test = new StringBuilder("(false");
    if (known.size() <= FEW) {
      for (Object one : known) {
        String parts = constant((String) one).parts();
        test.append(" || Texts.equal(").append(wanted.parts()).append(", ").append(parts);
        test.append(")");
      }
    } else {
      TextSet set = new TextSet(known.stream().map(String.class::cast).toList());
      String name = block.field(block.fields().constant(set, set, TextSet.class.getName()));
      test.append(" || ").append(name).append(".has(").append(wanted.parts()).append(")");
    }
    return tested(test.append(")").toString(), wanted.isNull());
  }

  private Value memberNumber(Value value, List<?> known) {
    StringBuilder test = new StringBuilder("(false");
    if (known.size() <= FEW) {
      for (Object one : known) {
        test.append(" || ").append(value.code()).append(" == ").append(Literals.of((Long) one));
      }
    } else {
      LongSet set = new LongSet(known.stream().map(Long.class::cast).toList());
      String name = block.field(block.fields().constant(set, set, LongSet.class.getName()));
      test.append(" || ").append(name).append(".has(").append(value.code()).append(")");
    }
    return tested(test.append(")").toString(), value.isNull());
  }
}
