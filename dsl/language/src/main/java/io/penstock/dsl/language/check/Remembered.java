package io.penstock.dsl.language.check;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Input;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.Remember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a step behind each source whose rows that go are known by their keys alone. It remembers the
 * others, and whoever reads the source reads it.
 */
final class Remembered {
  private static final String NAME = ".remembered";

  private Remembered() {}

  /** The key of such a format; empty for others. */
  static Optional<FormatTraits.Key> key(Optional<FormatConfig> format) {
    return format
        .flatMap(config -> config.format().traits().changes())
        .filter(FormatTraits.Key::alone);
  }

  /** The steps of a plan with those that remember. */
  static List<LogicalNode> in(List<LogicalNode> nodes) {
    List<LogicalNode> all = new ArrayList<>();
    Map<Input, Input> moved = new HashMap<>();
    for (LogicalNode node : nodes) {
      all.add(moved(node, moved));
      if (node.operation() instanceof Operation.Read read && key(read.format()).isPresent()) {
        all.add(behind(node, key(read.format()).get()));
        moved.put(
            new Input(Section.SOURCES, node.step(), ""),
            new Input(Section.TRANSFORMS, node.step() + NAME, ""));
      }
    }
    return all;
  }

  private static LogicalNode behind(LogicalNode source, FormatTraits.Key key) {
    return new LogicalNode(
        source.step() + NAME,
        Section.TRANSFORMS,
        source.origin(),
        List.of(new Input(Section.SOURCES, source.step(), "")),
        new Remember(key.fields()),
        source.schema(),
        LogicalNode.OnError.FAIL);
  }

  private static LogicalNode moved(LogicalNode node, Map<Input, Input> moved) {
    return new LogicalNode(
        node.step(),
        node.section(),
        node.origin(),
        node.inputs().stream().map(input -> moved.getOrDefault(input, input)).toList(),
        node.operation(),
        node.schema(),
        node.onError(),
        node.previously());
  }
}
