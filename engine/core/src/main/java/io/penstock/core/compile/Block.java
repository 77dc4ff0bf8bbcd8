package io.penstock.core.compile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of one generated method while it is written. What was computed in an enclosing scope is
 * known further in, so that a part that stands twice is computed once, wherever it has been
 * computed anyway.
 */
final class Block {
  private final Fields fields;
  private final boolean loop;
  private final String fail;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> declarations = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Deque<Map<Integer, Object>> scopes = new ArrayDeque<>();
  private int variables;
  private boolean fails;

  /**
   * An empty body.
   *
   * @param loop whether it is that of a loop, which is given the columns
   * @param fail the statement that leaves the row to closures
   */
  Block(Fields fields, boolean loop, String fail) {
    this.fields = fields;
    this.loop = loop;
    this.fail = fail;
    scopes.push(new HashMap<>());
  }

  Fields fields() {
    return fields;
  }

  /** A field, to be read from a local variable. */
  String field(String name) {
    used.add(name);
    return name;
  }

  /** Makes a variable. */
  String variable(String type, String value) {
    String name = "v" + variables++;
    // All are declared at the top: Janino cannot bring jumps out of scopes with other variables
    // together at one place.
    String nothing =
        switch (type) {
          case "long", "int", "double" -> "0";
          case "boolean" -> "false";
          default -> "null";
        };
    String declared = name + " = " + nothing;
    declarations.merge(type, declared, (all, one) -> all + ", " + one);
    line(name + " = " + value + ";");
    return name;
  }

  void line(String statement) {
    text.append(statement).append('\n');
  }

  void open(String head) {
    line(head + " {");
    scopes.push(new HashMap<>());
  }

  void orElse() {
    scopes.pop();
    line("} else {");
    scopes.push(new HashMap<>());
  }

  void close() {
    scopes.pop();
    line("}");
  }

  void failIf(String condition) {
    line("if (" + condition + ") " + fail);
    fails = true;
  }

  /** Whether some statement leaves the row. */
  boolean fails() {
    return fails;
  }

  /** What has been computed for a part, under this number, in this scope or around it. */
  <T> Optional<T> known(int part, Class<T> as) {
    for (Map<Integer, Object> scope : scopes) {
      Object found = scope.get(part);
      if (as.isInstance(found)) {
        return Optional.of(as.cast(found));
      }
    }
    return Optional.empty();
  }

  void remember(int part, Object computed) {
    scopes.element().put(part, computed);
  }

  /** The statements that put the fields into variables and declare the others. */
  String prelude() {
    StringBuilder all = new StringBuilder();
    for (String name : used) {
      all.append("final ").append(fields.type(name)).append(' ').append(name);
      all.append(" = ").append(loop ? fields.atHand(name) : fields.everywhere(name));
      all.append(";\n");
    }
    declarations.forEach((type, names) -> all.append(type + " " + names + ";\n"));
    return all.toString();
  }

  /** The statements written so far. */
  String statements() {
    return text.toString();
  }
}
