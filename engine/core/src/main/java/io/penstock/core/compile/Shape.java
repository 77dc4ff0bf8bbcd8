package io.penstock.core.compile;

import io.penstock.core.expression.typed.Traits;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of trees before they are written: which parts are the same, and which are large
 * enough for a method of their own. HotSpot never compiles a method of more than 8,000 bytes.
 */
final class Shape {
  private static final int MANY = 12;
  private static final int CALL = 30;

  private final int limit;
  private final Map<List<Object>, Integer> numbers = new HashMap<>();
  private final Map<Typed, Integer> numberOf = new IdentityHashMap<>();
  private final Map<Integer, Integer> uses = new HashMap<>();
  private final Map<Typed, List<Typed>> parts = new IdentityHashMap<>();
  private final Set<Typed> outlined = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Knows nothing yet.
   *
   * @param limit how large a method may become, in estimated bytes of bytecode
   */
  Shape(int limit) {
    this.limit = limit;
  }

  /** Looks at a tree; gives its estimated size, with calls for the parts outlined. */
  int add(Typed tree) {
    int unused = number(tree);
    return weight(tree);
  }

  /** A number that is the same for parts which always have the same value. */
  int number(Typed node) {
    Integer known = numberOf.get(node);
    if (known != null) {
      return known;
    }
    List<Object> key = new ArrayList<>();
    key.add(Likeness.of(node));
    if (Natives.isNative(node)) {
      parts(node).forEach(part -> key.add(number(part)));
    } else {
      node.parts().forEach(part -> key.add(number(part)));
    }
    int number = numbers.computeIfAbsent(key, k -> numbers.size());
    numberOf.put(node, number);
    uses.merge(number, 1, Integer::sum);
    return number;
  }

  /** Whether a part stands in the trees more than once. */
  boolean isRepeated(Typed node) {
    return uses.getOrDefault(number(node), 0) > 1;
  }

  /** The parts right below; of a node with many, groups of them. */
  List<Typed> parts(Typed node) {
    List<Typed> own = node.parts();
    if (own.size() <= MANY) {
      return own;
    }
    List<Typed> known = parts.get(node);
    if (known == null) {
      known = grouped(node, own);
      parts.put(node, known);
    }
    return known;
  }

  private static List<Typed> grouped(Typed node, List<Typed> own) {
    List<Typed> groups = own;
    while (groups.size() > MANY && (node instanceof Typed.Join || node instanceof Typed.Coalesce)) {
      List<Typed> next = new ArrayList<>();
      for (int i = 0; i < groups.size(); i += MANY) {
        List<Typed> group = groups.subList(i, Math.min(groups.size(), i + MANY));
        next.add(
            node instanceof Typed.Join
                ? new Typed.Join(node.type(), group, node.at())
                : new Typed.Coalesce(node.type(), group, node.at()));
      }
      groups = next;
    }
    return groups;
  }

  /** Whether a part gets a method of its own. */
  boolean isOutlined(Typed node) {
    return outlined.contains(node);
  }

  private int weight(Typed node) {
    int weight = own(node);
    if (Natives.isNative(node)) {
      for (Typed part : parts(node)) {
        int below = weight(part);
        boolean large = weight + below > limit && below > CALL;
        if (large) {
          outlined.add(part);
        }
        weight += large ? CALL : below;
      }
    }
    return weight;
  }

  private static int own(Typed node) {
    if (node instanceof Typed.Constant) {
      return 4;
    }
    if (node instanceof Typed.Column) {
      return 26;
    }
    if (node instanceof Typed.Invoke || node instanceof Typed.Join) {
      return 80 + 25 * node.parts().size();
    }
    return node instanceof Typed.Membership ? 110 : 48;
  }

  /** Whether a part may be computed once for several places. */
  static boolean isShareable(Typed node) {
    return !(node instanceof Typed.Constant) && Traits.deterministic(node);
  }
}
