package io.penstock.core.compile;

import io.penstock.api.data.DataType;
import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import java.nio.charset.StandardCharsets;

/** Writes how values are read out of json in its binary form: paths that begin at a column. */
final class JsonValues {
  private JsonValues() {}

  /** Whether a node is a json column or a path of names into one. */
  static boolean isPath(Typed node) {
    if (node instanceof Typed.JsonMember member) {
      return isPath(member.json());
    }
    return node instanceof Typed.Column && node.type().type().equals(DataType.JSON);
  }

  /** Whether a conversion out of json is written. */
  static boolean reads(Typed.Convert node) {
    DataType to = node.type().type();
    return isPath(node.value())
        && (to.equals(DataType.INT) || to.equals(DataType.STRING) || to.equals(DataType.BOOLEAN));
  }

  /** Declares where the value of a path lies; below 0 for null. */
  static String place(Typed node, Block block) {
    if (node instanceof Typed.JsonMember member) {
      byte[] name = member.name().getBytes(StandardCharsets.UTF_8);
      String outer = place(member.json(), block);
      String key = block.field(block.fields().constant(member.name(), name, "byte[]"));
      return block.variable(
          "int", "JsonCells.member(" + bytes(node, block) + ", " + outer + ", " + key + ")");
    }
    String column = bytes(node, block);
    String words = block.field(column + "w");
    String from = block.field(column + "o") + "[r]";
    return block.variable(
        "int",
        "Validity.isNull(" + words + ", r) ? -1 : JsonCells.notNull(" + column + ", " + from + ")");
  }

  private static String bytes(Typed node, Block block) {
    if (node instanceof Typed.JsonMember member) {
      return bytes(member.json(), block);
    }
    return block.field(
        block.fields().column(ColumnPath.of(((Typed.Column) node).index()), Kind.TEXT));
  }

  /** A number or truth value; what is of another kind, or unusual, leaves the row. */
  static Value value(Typed.Convert node, Block block) {
    String at = place(node.value(), block);
    String given = bytes(node.value(), block) + ", " + at;
    boolean whole = node.type().type().equals(DataType.INT);
    refuse(node, block, at, (whole ? "!JsonCells.isWhole(" : "!JsonCells.isTruth(") + given + ")");
    String read = whole ? "JsonCells.whole(" : "JsonCells.isTrue(";
    Kind kind = whole ? Kind.LONG : Kind.TRUTH;
    String value =
        block.variable(kind.java(), at + " < 0 ? " + kind.nothing() + " : " + read + given + ")");
    return new Value(kind, value, isNull(node, at));
  }

  /** A text. */
  static TextValue text(Typed.Convert node, Block block) {
    String at = place(node.value(), block);
    String bytes = bytes(node.value(), block);
    String given = bytes + ", " + at;
    refuse(node, block, at, "!JsonCells.isText(" + given + ")");
    String from = block.variable("int", at + " < 0 ? 0 : JsonCells.from(" + given + ")");
    String to = block.variable("int", at + " < 0 ? 0 : JsonCells.to(" + given + ")");
    return TextValue.slice(bytes, from, to, isNull(node, at));
  }

  private static void refuse(Typed.Convert node, Block block, String at, String other) {
    block.failIf(node.type().optional() ? at + " >= 0 && " + other : at + " < 0 || " + other);
  }

  private static String isNull(Typed.Convert node, String at) {
    return node.type().optional() ? "(" + at + " < 0)" : Value.NEVER;
  }
}
