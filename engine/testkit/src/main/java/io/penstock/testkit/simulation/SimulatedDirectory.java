package io.penstock.testkit.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One directory's names: those that are seen, those that are durable, and what lies between. */
final class SimulatedDirectory implements SimulatedNode {
  /**
   * A change of names that is not durable yet. One object may stand in two directories: a rename
   * from one to the other, which happens in both or in neither.
   */
  private static final class Change {
    private final Map<SimulatedDirectory, List<Entry>> parts = new LinkedHashMap<>();

    Change part(SimulatedDirectory in, Entry entry) {
      parts.computeIfAbsent(in, d -> new ArrayList<>()).add(entry);
      return this;
    }
  }

  /** From now on this name stands for this node, or for none. */
  private record Entry(String name, @Nullable SimulatedNode node) {}

  private final long number;
  private final TreeMap<String, SimulatedNode> seen = new TreeMap<>();
  private final TreeMap<String, SimulatedNode> durable = new TreeMap<>();
  private final List<Change> pending = new ArrayList<>();
  private long changes;

  SimulatedDirectory(long number) {
    this.number = number;
  }

  @Override
  public long number() {
    return number;
  }

  @Nullable SimulatedNode get(String name) {
    return seen.get(name);
  }

  Map<String, SimulatedNode> names() {
    return seen;
  }

  /** Moves on with each change of the names and of the bytes of the files. */
  @Override
  public long changes() {
    long all = changes;
    for (SimulatedNode node : seen.values()) {
      all += node.changes();
    }
    return all;
  }

  /** All nodes that a name stands for, or may stand for once the power was gone. */
  List<SimulatedNode> allNodes() {
    List<SimulatedNode> nodes = new ArrayList<>(seen.values());
    nodes.addAll(durable.values());
    for (Change change : pending) {
      for (Entry entry : change.parts.getOrDefault(this, List.of())) {
        SimulatedNode node = entry.node();
        if (node != null) {
          nodes.add(node);
        }
      }
    }
    return nodes;
  }

  void link(String name, SimulatedNode node) {
    changed(name);
    seen.put(name, node);
    pending.add(new Change().part(this, new Entry(name, node)));
  }

  void unlink(String name) {
    changed(name);
    seen.remove(name);
    pending.add(new Change().part(this, new Entry(name, null)));
  }

  static void rename(
      SimulatedDirectory from, String old, SimulatedDirectory to, String name, SimulatedNode node) {
    from.changed(old);
    to.changed(name);
    from.seen.remove(old);
    to.seen.put(name, node);
    Change change = new Change().part(from, new Entry(old, null)).part(to, new Entry(name, node));
    from.pending.add(change);
    if (from != to) {
      to.pending.add(change);
    }
  }

  /** What was changed so far is durable, in the other directory of a rename too. */
  void force() {
    for (Change change : List.copyOf(pending)) {
      change.parts.forEach(
          (directory, entries) -> {
            entries.forEach(directory::makeDurable);
            directory.pending.remove(change);
          });
    }
  }

  private void makeDurable(Entry entry) {
    SimulatedNode node = entry.node();
    if (node == null) {
      durable.remove(entry.name());
    } else {
      durable.put(entry.name(), node);
    }
  }

  /** The power is gone and back: any of the changes are there, or the first so many. */
  void lose(Random chance, boolean ordered) {
    int survivors = ordered ? chance.nextInt(pending.size() + 1) : 0;
    List<Change> changes = List.copyOf(pending);
    for (int i = 0; i < changes.size(); i++) {
      boolean survives = ordered ? i < survivors : chance.nextBoolean();
      Change change = changes.get(i);
      if (survives) {
        change.parts.forEach((directory, entries) -> entries.forEach(directory::makeDurable));
      }
      change.parts.keySet().forEach(directory -> directory.pending.remove(change));
    }
  }

  /** After all directories have lost: only what is durable is seen. */
  void seeDurable() {
    seen.keySet().forEach(this::changed);
    changes++;
    seen.clear();
    seen.putAll(durable);
  }

  // The changes of a node that goes stay counted, so that the sum never comes back to what it was.
  private void changed(String name) {
    SimulatedNode node = seen.get(name);
    changes += 1 + (node == null ? 0 : node.changes());
  }
}
