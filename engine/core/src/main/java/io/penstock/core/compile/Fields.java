package io.penstock.core.compile;

import io.penstock.core.expression.typed.ColumnPath;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields of a generated class: columns, constants and what else a loop is given. All have names
 * made of a letter and a number, so that nothing a user wrote gets into source.
 */
final class Fields {
  private static final int CHUNK = 60;

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Set<String> kept = new LinkedHashSet<>();
  private final List<Object> constants = new ArrayList<>();
  private final List<String> constantTypes = new ArrayList<>();
  private final Map<Object, String> known = new LinkedHashMap<>();
  private final List<Typed> leaves = new ArrayList<>();
  private final List<Typed.Invoke> calls = new ArrayList<>();
  private int others;

  /**
   * A column, or a field of records; with {@code w} behind its name the validity, with {@code o}
   * and {@code e} where texts begin and end.
   */
  String column(ColumnPath path, Kind kind) {
    String name =
        "c" + path.indexes().stream().map(String::valueOf).collect(Collectors.joining("_"));
    if (!types.containsKey(name)) {
      String column = "((Column." + columnType(kind) + ") " + taken(path) + ")";
      part(name, array(kind), column, values(kind));
      part(name + "w", "long[]", column, "validity");
      if (kind == Kind.TEXT) {
        part(name + "o", "int[]", column, "starts");
        part(name + "e", "int[]", column, "ends");
      } else if (kind == Kind.DECIMAL) {
        part(name + "h", "long[]", column, "high");
      }
    }
    return name;
  }

  private static String taken(ColumnPath path) {
    String taken = "columns[" + path.indexes().get(0) + "]";
    for (int field : path.indexes().subList(1, path.indexes().size())) {
      taken = "((Column.Records) " + taken + ").field(" + field + ")";
    }
    return taken;
  }

  private void part(String name, String type, String column, String method) {
    types.put(name, type);
    parts.put(name, column + "." + method + "()");
  }

  private static String values(Kind kind) {
    return switch (kind) {
      case DECIMAL -> "low";
      case TEXT -> "bytes";
      case LONG, DOUBLE, TRUTH, BOXED -> "values";
    };
  }

  /** What gives a field's value where the columns of the batch are at hand. */
  String atHand(String name) {
    return parts.getOrDefault(name, "this." + name);
  }

  /** What gives a field's value everywhere; where it is a part of a column, it is kept. */
  String everywhere(String name) {
    if (parts.containsKey(name)) {
      kept.add(name);
    }
    return "this." + name;
  }

  private static String array(Kind kind) {
    return switch (kind) {
      case LONG, DECIMAL -> "long[]";
      case DOUBLE -> "double[]";
      case TRUTH -> "boolean[]";
      case TEXT -> "byte[]";
      case BOXED -> throw new IllegalArgumentException("no array of boxed values");
    };
  }

  /** A constant, once for each value that equals the key. */
  String constant(Object key, Object value, String type) {
    String name = known.get(List.of(key, type));
    if (name == null) {
      name = "k" + constants.size();
      known.put(List.of(key, type), name);
      constants.add(value);
      constantTypes.add(type);
      types.put(name, type);
    }
    return name;
  }

  String leaf(Typed tree) {
    String name = "l" + leaves.size();
    leaves.add(tree);
    types.put(name, "Leaf");
    return name;
  }

  String call(Typed.Invoke node) {
    String name = "f" + calls.size();
    calls.add(node);
    types.put(name, "Call");
    return name;
  }

  /** Room for a text in the middle. */
  String scratch() {
    String name = "s" + others++;
    types.put(name, "TextOut");
    return name;
  }

  String type(String name) {
    String type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException(name);
    }
    return type;
  }

  Object[] constants() {
    return constants.toArray();
  }

  List<Typed> leaves() {
    return leaves;
  }

  List<Typed.Invoke> calls() {
    return calls;
  }

  /** The members that declare and set the fields. */
  String members() {
    StringBuilder text = new StringBuilder();
    types.forEach(
        (name, type) -> {
          if (kept.contains(name) || !parts.containsKey(name)) {
            text.append(declaration(name, type));
          }
        });
    List<String> taking = new ArrayList<>();
    for (int i = 0; i < constants.size(); i++) {
      taking.add("k" + i + " = (" + constantTypes.get(i) + ") constants[" + i + "];\n");
    }
    for (int i = 0; i < leaves.size(); i++) {
      taking.add("l" + i + " = leaves[" + i + "];\n");
    }
    for (int i = 0; i < calls.size(); i++) {
      taking.add("f" + i + " = calls[" + i + "];\n");
    }
    String given = "Object[] constants, Leaf[] leaves, Call[] calls";
    method(text, "take", given, "constants, leaves, calls", taking);
    List<String> reading = new ArrayList<>();
    kept.forEach(name -> reading.add(name + " = " + parts.get(name) + ";\n"));
    method(text, "columns", "Column[] columns", "columns", reading);
    return text.toString();
  }

  private static String declaration(String name, String type) {
    boolean scratch = type.equals("TextOut");
    return "private "
        + (scratch ? "final " : "")
        + type
        + " "
        + name
        + (scratch ? " = new " + type + "()" : "")
        + ";\n";
  }

  private static String columnType(Kind kind) {
    return switch (kind) {
      case LONG, BOXED -> "Longs";
      case DOUBLE -> "Doubles";
      case TRUTH -> "Booleans";
      case DECIMAL -> "Decimals";
      case TEXT -> "Bytes";
    };
  }

  /** A method in pieces that are small enough, whatever the number of fields. */
  private static void method(
      StringBuilder text, String name, String given, String passed, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    List<String> body = lines;
    if (lines.size() > CHUNK) {
      body = new ArrayList<>();
      for (int i = 0; i < lines.size(); i += CHUNK) {
        String piece = name + i;
        text.append("private void ").append(piece).append("(").append(given).append(") {\n");
        lines.subList(i, Math.min(lines.size(), i + CHUNK)).forEach(text::append);
        text.append("}\n");
        body.add(piece + "(" + passed + ");\n");
      }
    }
    text.append("public void ").append(name).append("(").append(given).append(") {\n");
    body.forEach(text::append);
    text.append("}\n");
  }
}
