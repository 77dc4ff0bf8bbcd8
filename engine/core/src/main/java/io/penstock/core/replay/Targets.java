package io.penstock.core.replay;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.source.SourceTraits;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Input;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.optimise.PlanExpressions;
import io.penstock.core.upgrade.StateShape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps of a pipeline that letters go back to. Single-threaded. */
final class Targets {
  private final LogicalPlan pipeline;
  private final boolean partial;
  private final Surroundings around;
  private final Map<String, LogicalNode> nodes = new LinkedHashMap<>();
  private final Map<String, FirstBlocks> raw = new LinkedHashMap<>();
  private final Map<String, Schema> rows = new LinkedHashMap<>();
  private final Map<String, Optional<String>> hindrances = new HashMap<>();

  Targets(LogicalPlan pipeline, boolean partial, Surroundings around) {
    this.pipeline = pipeline;
    this.partial = partial;
    this.around = around;
    for (LogicalNode node : pipeline.nodes()) {
      nodes.put(key(node.section(), node.step()), node);
    }
  }

  static String key(Section section, String step) {
    return section + " " + step;
  }

  /** The sources that get bytes: for each split its first block. */
  Map<String, Map<String, Block>> raw() {
    Map<String, Map<String, Block>> all = new LinkedHashMap<>();
    raw.forEach((key, blocks) -> all.put(key, blocks.all()));
    return all;
  }

  /** The steps that get rows, with their schema. */
  Map<String, Schema> rows() {
    return rows;
  }

  LogicalNode node(String key) {
    LogicalNode node = nodes.get(key);
    if (node == null) {
      throw new IllegalStateException("no node " + key);
    }
    return node;
  }

  /** Takes a letter in. */
  void take(Letter letter) throws UnfitLetterException {
    if (!letter.pipeline().equals(pipeline.name())) {
      throw new UnfitLetterException(
          "it is of the pipeline `" + letter.pipeline() + "`, not of `" + pipeline.name() + "`");
    }
    LogicalNode node = step(letter);
    Optional<String> hindrance =
        hindrances.computeIfAbsent(key(node.section(), node.step()), key -> hindrance(node));
    if (hindrance.isPresent()) {
      throw new UnfitLetterException(hindrance.get());
    }
    if (letter.raw().isPresent()) {
      raw(letter, node);
      return;
    }
    if (letter.row().isEmpty()) {
      throw new UnfitLetterException("it has neither `row` nor `raw`");
    }
    Set<String> meta = meta(node);
    if (!meta.isEmpty()) {
      throw new UnfitLetterException(
          "steps behind `"
              + node.step()
              + "` read `meta."
              + meta.iterator().next()
              + "`, which a row in a letter does not have");
    }
    Schema schema = rows.computeIfAbsent(key(node.section(), node.step()), key -> input(node));
    Object[] unused = RowReading.of(letter.row().get(), schema);
  }

  private LogicalNode step(Letter letter) throws UnfitLetterException {
    Section[] sections =
        Entries.ofSink(letter)
            ? new Section[] {Section.SINKS}
            : new Section[] {Section.TRANSFORMS, Section.SOURCES};
    for (Section section : sections) {
      LogicalNode node = nodes.get(key(section, letter.step()));
      if (node != null) {
        return node;
      }
    }
    throw new UnfitLetterException("the pipeline has no step `" + letter.step() + "` any more");
  }

  private void raw(Letter letter, LogicalNode node) throws UnfitLetterException {
    boolean bytes =
        node.operation() instanceof Operation.Read read
            && read.format().isPresent()
            && read.source().traits().kind() == SourceTraits.Kind.BYTES;
    if (!bytes) {
      throw new UnfitLetterException("`" + node.step() + "` decodes no bytes any more");
    }
    Operation.Read read = (Operation.Read) node.operation();
    FirstBlocks firsts =
        raw.computeIfAbsent(
            key(node.section(), node.step()), key -> new FirstBlocks(node, read, around));
    Set<String> meta = meta(node);
    boolean header = read.format().get().format().traits().header();
    if (!header && meta.isEmpty()) {
      return;
    }
    Optional<Block> first = firsts.of(letter.split());
    if (first.isEmpty()) {
      throw new UnfitLetterException(
          "`"
              + letter.split()
              + "`, from which it came and which "
              + (header ? "names the fields" : "`meta` tells of")
              + ", cannot be read");
    }
    for (String name : meta) {
      if (!name.equals("line") && !name.equals("source") && !first.get().meta().containsKey(name)) {
        throw new UnfitLetterException(
            "steps behind `"
                + node.step()
                + "` read `meta."
                + name
                + "`, which is not in a letter");
      }
    }
  }

  /** Why no letter can go back to a step. */
  private Optional<String> hindrance(LogicalNode start) {
    if (partial) {
      return Optional.empty();
    }
    for (LogicalNode node : reached(start)) {
      Schema input = node.inputs().isEmpty() ? Schema.of() : input(node);
      if (StateShape.of(node, input).isPresent()) {
        return Optional.of(
            "`"
                + node.step()
                + "` behind `"
                + start.step()
                + "` works on all rows, and would see these alone (`--partial` allows that)");
      }
    }
    return Optional.empty();
  }

  private Set<String> meta(LogicalNode start) {
    Set<String> names = new LinkedHashSet<>();
    for (LogicalNode node : reached(start)) {
      PlanExpressions.of(node.operation()).forEach(e -> names.addAll(e.meta()));
    }
    return names;
  }

  /** The step and all that read it, near or far. */
  private Set<LogicalNode> reached(LogicalNode start) {
    Set<LogicalNode> reached = new LinkedHashSet<>();
    Deque<LogicalNode> open = new ArrayDeque<>();
    open.add(start);
    while (!open.isEmpty()) {
      LogicalNode node = open.remove();
      if (reached.add(node)) {
        for (LogicalNode reader : pipeline.nodes()) {
          for (Input input : reader.inputs()) {
            if (input.section() == node.section() && input.step().equals(node.step())) {
              open.add(reader);
            }
          }
        }
      }
    }
    return reached;
  }

  /** The rows that enter a step; of a source, those that it has decoded. */
  private Schema input(LogicalNode node) {
    if (node.operation() instanceof Operation.Read read) {
      return read.decoding().schema();
    }
    Input input = node.inputs().get(0);
    LogicalNode from = node(key(input.section(), input.step()));
    if (!input.output().equals(StepOutputs.FAILED)) {
      return from.schema();
    }
    return from.section() == Section.SOURCES ? FailedRows.ofSource() : FailedRows.of(input(from));
  }
}
