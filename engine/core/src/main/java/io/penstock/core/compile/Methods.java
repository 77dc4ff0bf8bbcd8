package io.penstock.core.compile;

import io.penstock.core.expression.typed.Typed;

/** The methods for parts of trees that are too large to stand where they are used. */
final class Methods {
  private static final String LEAVE_NUMBER = "{ left = true; return ";

  private final Fields fields;
  private final Shape shape;
  private final StringBuilder text = new StringBuilder();
  private int count;

  Methods(Fields fields, Shape shape) {
    this.fields = fields;
    this.shape = shape;
  }

  /** The methods and what they need, as members of a class. */
  String members() {
    return count == 0 ? "" : "private boolean left;\n" + text;
  }

  /** Calls the method of a part that is no text. */
  Value call(Typed node, Block from, boolean unguarded) {
    Kind kind = Natives.kind(node);
    String name = "m" + count++;
    Block block = new Block(fields, false, LEAVE_NUMBER + kind.nothing() + "; }");
    Value value = new NodeWriter(block, shape, this, unguarded).written(node);
    text.append("private boolean ").append(name).append("n;\n");
    text.append("private ").append(kind.java()).append(' ').append(name).append("(int r) {\n");
    text.append(block.prelude()).append(block.statements());
    if (value.mayBeNull()) {
      text.append(name).append("n = ").append(value.isNull()).append(";\n");
    }
    text.append("return ").append(value.code()).append(";\n}\n");
    String result = from.variable(kind.java(), name + "(r)");
    left(block, from);
    return new Value(
        kind, result, value.mayBeNull() ? from.variable("boolean", name + "n") : Value.NEVER);
  }

  /** Calls the method that appends a text. */
  String append(Typed node, String out, Block from) {
    String name = "m" + count++;
    Block block = new Block(fields, false, LEAVE_NUMBER + "false; }");
    String isNull = new NodeWriter(block, shape, this, false).texts().piecesHere(node, "out");
    text.append("private boolean ").append(name).append("(int r, ");
    text.append("TextOut out) {\n");
    text.append(block.prelude()).append(block.statements());
    text.append("return ").append(isNull).append(";\n}\n");
    String result = from.variable("boolean", name + "(r, " + out + ")");
    left(block, from);
    return result;
  }

  /** Leaves the row where the method did. */
  private static void left(Block method, Block from) {
    if (method.fails()) {
      from.failIf("left");
    }
  }
}
