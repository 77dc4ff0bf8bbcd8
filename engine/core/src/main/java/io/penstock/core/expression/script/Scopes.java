package io.penstock.core.expression.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The local variables that can be seen at a place of a script, by blocks and functions. */
final class Scopes {
  private final Deque<Function> functions = new ArrayDeque<>();

  Scopes() {
    functions.push(new Function());
  }

  /** A variable: how many functions out, and its slot there. */
  record Local(int hops, int slot, boolean constant) {}

  private record Slot(int index, boolean constant) {}

  private static final class Function {
    private final Deque<Map<String, Slot>> blocks = new ArrayDeque<>();
    private int slots;

    Function() {
      blocks.push(new HashMap<>());
    }

    Optional<Slot> slot(String name) {
      for (Map<String, Slot> block : blocks) {
        Slot slot = block.get(name);
        if (slot != null) {
          return Optional.of(slot);
        }
      }
      return Optional.empty();
    }
  }

  Local declare(String name, boolean constant) {
    Function function = functions.element();
    Slot slot = new Slot(function.slots++, constant);
    function.blocks.element().put(name, slot);
    return new Local(0, slot.index, constant);
  }

  Optional<Local> find(String name) {
    int hops = 0;
    for (Function function : functions) {
      Optional<Slot> slot = function.slot(name);
      if (slot.isPresent()) {
        return Optional.of(new Local(hops, slot.get().index, slot.get().constant));
      }
      hops++;
    }
    return Optional.empty();
  }

  void openBlock() {
    functions.element().blocks.push(new HashMap<>());
  }

  void closeBlock() {
    functions.element().blocks.pop();
  }

  void openFunction() {
    functions.push(new Function());
  }

  /** How many variables the function has. */
  int closeFunction() {
    return functions.pop().slots;
  }

  /** How many variables the script itself has. */
  int slots() {
    return functions.element().slots;
  }
}
