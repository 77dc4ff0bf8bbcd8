package io.penstock.core.compile;

import io.penstock.core.expression.Expression;
import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes the class for the expressions of a step. */
final class LoopWriter {
  private static final String ROOM = "io.penstock.core.compile.";
  private static final List<String> NAMES =
      List.of(
          ROOM + "Boxes",
          ROOM + "ClockParts",
          ROOM + "JsonCells",
          ROOM + "Loop",
          ROOM + "Results",
          ROOM + "Scaled",
          ROOM + "TextOut",
          ROOM + "Texts",
          "io.penstock.api.data.Column",
          "io.penstock.api.data.Validity",
          "io.penstock.api.data.DataType",
          "io.penstock.core.expression.closure.Leaf",
          "io.penstock.core.expression.function.Call",
          "io.penstock.core.expression.EvaluationException",
          "io.penstock.core.expression.Values");

  private static final int CHUNK = 100;

  private final Fields fields = new Fields();
  private final Shape shape;
  private final Methods methods;
  private final int limit;
  private final StringBuilder loops = new StringBuilder();
  private final List<LoopProgram.Result> results = new ArrayList<>();
  private int count;

  private LoopWriter(int limit) {
    this.limit = limit;
    this.shape = new Shape(limit);
    this.methods = new Methods(fields, shape);
  }

  /**
   * The loops that compute the values of expressions.
   *
   * @param limit how large a method may become, in estimated bytes
   * @param apart whether each expression gets a loop of its own
   */
  static LoopProgram values(List<Expression> expressions, int limit, boolean apart) {
    LoopWriter writer = new LoopWriter(limit);
    List<Integer> together = new ArrayList<>();
    int weight = 0;
    for (int i = 0; i < expressions.size(); i++) {
      Typed root = expressions.get(i).root();
      if (!isWorthALoop(root)) {
        continue;
      }
      int more = writer.shape.add(root);
      if (Strictness.isStrict(root) && more <= limit) {
        writer.loop(expressions, List.of(i), true);
        continue;
      }
      if ((apart || weight + more > limit) && !together.isEmpty()) {
        writer.loop(expressions, together, false);
        together.clear();
        weight = 0;
      }
      together.add(i);
      weight += more;
    }
    if (!together.isEmpty()) {
      writer.loop(expressions, together, false);
    }
    return writer.program(false);
  }

  /** The loop that finds the rows for which a condition is true. */
  static LoopProgram selection(Expression condition, int limit) {
    LoopWriter writer = new LoopWriter(limit);
    if (isWorthALoop(condition.root())) {
      int unused = writer.shape.add(condition.root());
      writer.select(condition.root());
    }
    return writer.program(true);
  }

  /** Whether a loop does more for a tree than copy a column or call a closure. */
  static boolean isWorthALoop(Typed root) {
    boolean plain = ColumnPath.of(root).isPresent() || root instanceof Typed.Constant;
    return !plain
        && Natives.isNative(root)
        && Natives.kind(root) != Kind.BOXED
        && !Strictness.drawsNumbers(root);
  }

  private void loop(List<Expression> expressions, List<Integer> indexes, boolean strict) {
    Block block = new Block(fields, true, "break row;");
    NodeWriter nodes = new NodeWriter(block, shape, methods, strict);
    StringBuilder arrays = new StringBuilder();
    StringBuilder head = new StringBuilder();
    StringBuilder undo = new StringBuilder();
    for (int index : indexes) {
      Typed root = expressions.get(index).root();
      Kind kind = Natives.kind(root);
      int number = results.size();
      SortedSet<Integer> columns = new TreeSet<>();
      if (strict) {
        Strictness.columns(root, columns);
      }
      results.add(new LoopProgram.Result(index, count, kind, List.copyOf(columns), strict));
      if (kind == Kind.TEXT) {
        textResult(root, number, nodes, arrays, head, undo);
      } else {
        result(root, kind, number, nodes, arrays);
      }
    }
    write(block, arrays.toString(), head.toString(), undo.toString(), "");
  }

  private static void result(
      Typed root, Kind kind, int number, NodeWriter nodes, StringBuilder arrays) {
    Block block = nodes.block();
    String array =
        switch (kind) {
          case DOUBLE -> "double[] o" + number + " = results.doubles(";
          case TRUTH -> "boolean[] o" + number + " = results.truths(";
          case LONG, DECIMAL, TEXT, BOXED -> "long[] o" + number + " = results.longs(";
        };
    arrays.append("final ").append(array).append(number).append(");\n");
    Value value = nodes.value(root);
    String set = "o" + number + "[i] = " + value.code() + ";";
    if (!value.mayBeNull()) {
      block.line(set);
      return;
    }
    validity(number, arrays);
    block.line(
        value.isNull().equals(Value.ALWAYS)
            ? setNull(number)
            : "if (" + value.isNull() + ") " + setNull(number) + " else " + set);
  }

  private static void validity(int number, StringBuilder arrays) {
    arrays.append("final long[] o").append(number).append("w = results.validity(");
    arrays.append(number).append(");\n");
  }

  private static String setNull(int number) {
    return "o" + number + "w[i >>> 6] &= ~(1L << i);";
  }

  private static void textResult(
      Typed root,
      int number,
      NodeWriter nodes,
      StringBuilder arrays,
      StringBuilder head,
      StringBuilder undo) {
    Block block = nodes.block();
    String out = "o" + number;
    arrays.append("final TextOut ").append(out).append(" = results.text(").append(number);
    arrays.append(");\nfinal int[] ").append(out).append("s = results.starts(").append(number);
    arrays.append(");\nfinal int[] ").append(out).append("e = results.ends(").append(number);
    arrays.append(");\n");
    head.append(out).append("s[i] = ").append(out).append(".length;\n");
    String isNull = nodes.texts().append(root, out);
    if (!isNull.equals(Value.NEVER)) {
      validity(number, arrays);
      String back = out + ".length = " + out + "s[i]; ";
      String when = isNull.equals(Value.ALWAYS) ? "" : "if (" + isNull + ") ";
      block.line(when + "{ " + back + setNull(number) + " }");
    }
    block.line(out + "e[i] = " + out + ".length;");
    undo.append(out).append(".length = ").append(out).append("e[i] = ");
    undo.append(out).append("s[i];\n");
  }

  private void select(Typed root) {
    Block block = new Block(fields, true, "break row;");
    Value value = new NodeWriter(block, shape, methods, false).value(root);
    if (!value.holds().equals(Value.NEVER)) {
      boolean always = value.holds().equals(Value.ALWAYS);
      block.line((always ? "" : "if (" + value.holds() + ") ") + "kept[n++] = r;");
    }
    results.add(new LoopProgram.Result(0, 0, Kind.TRUTH, List.of(), false));
    write(block, "final int[] kept = results.kept();\nint n = 0;\n", "", "", "results.kept(n);\n");
  }

  private void write(Block block, String arrays, String head, String undo, String after) {
    loops.append("private void loop").append(count++);
    loops.append("(Column[] columns, int[] rows, int count, Results results) {\n");
    loops.append(block.prelude()).append(arrays);
    loops.append("for (int i = 0; i < count; i++) {\n");
    loops.append("final int r = rows == null ? i : rows[i];\n").append(head);
    if (block.fails()) {
      loops.append("row: {\n").append(block.statements()).append("continue;\n}\n");
      loops.append(methods.members().isEmpty() ? "" : "left = false;\n");
      loops.append(undo).append("results.leave(i);\n");
    } else {
      loops.append(block.statements());
    }
    loops.append("}\n").append(after).append("}\n");
  }

  private LoopProgram program(boolean selects) {
    StringBuilder body = new StringBuilder();
    body.append("public final class ").append(LoopProgram.CLASS).append(" implements Loop {\n");
    body.append(fields.members()).append(methods.members()).append(loops);
    body.append(dispatch()).append("}\n");
    StringBuilder source = new StringBuilder();
    for (String name : NAMES) {
      if (body.indexOf(name.substring(name.lastIndexOf('.') + 1)) >= 0) {
        source.append("import ").append(name).append(";\n");
      }
    }
    source.append(body);
    return new LoopProgram(
        source.toString(),
        fields.constants(),
        fields.leaves(),
        fields.calls(),
        results,
        count,
        selects);
  }

  /** The method that runs a loop by its number, in pieces that are small enough. */
  private String dispatch() {
    String given = "(int number, Column[] columns, int[] rows, int count, Results results) {\n";
    if (count <= CHUNK) {
      return "public void loop" + given + choices(0, count) + "}\n";
    }
    StringBuilder pieces = new StringBuilder();
    StringBuilder main = new StringBuilder("public void loop" + given);
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      main.append("if (number < ").append(to).append(") { piece").append(from);
      main.append("(number, columns, rows, count, results); return; }\n");
      pieces.append("private void piece").append(from).append(given);
      pieces.append(choices(from, to)).append("}\n");
    }
    return pieces.toString() + main + "}\n";
  }

  private static String choices(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("if (number == ").append(i).append(") { loop").append(i);
      text.append("(columns, rows, count, results); return; }\n");
    }
    return text.toString();
  }
}
