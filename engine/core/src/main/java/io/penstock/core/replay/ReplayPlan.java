package io.penstock.core.replay;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.option.Share;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.Input;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline whose sources are letters: only the steps that letters reach, each with its letters
 * beside what the steps above give it. Sinks add to what is there.
 */
final class ReplayPlan {
  private final LogicalPlan pipeline;
  private final LetterFile file;
  private final Map<String, Long> attempts;
  private final List<LogicalNode> nodes = new ArrayList<>();

  /** The outputs that give rows, by what the pipeline's file calls them. */
  private final Map<String, List<Input>> live = new LinkedHashMap<>();

  private int unions;

  ReplayPlan(LogicalPlan pipeline, LetterFile file, Map<String, Long> attempts) {
    this.pipeline = pipeline;
    this.file = file;
    this.attempts = attempts;
  }

  LogicalPlan of(Targets targets) {
    for (LogicalNode node : pipeline.nodes()) {
      String key = Targets.key(node.section(), node.step());
      Optional<Schema> rows = Optional.ofNullable(targets.rows().get(key));
      if (node.operation() instanceof Operation.Read read) {
        Optional.ofNullable(targets.raw().get(key))
            .ifPresent(firsts -> decodes(node, read, new RawEntry(node.step(), firsts)));
        rows.ifPresent(schema -> reads(node, read, new RowEntry(node.step(), false, schema)));
      } else {
        follows(node, rows);
      }
    }
    Optional<DeadLetter> letters =
        pipeline
            .deadLetter()
            .map(
                real ->
                    new DeadLetter(
                        new AgainSink(real.sink().adding(), attempts),
                        real.format(),
                        real.origin()));
    return new LogicalPlan(
        pipeline.name(), nodes, pipeline.tables(), letters, settings(pipeline.settings()));
  }

  /** Once, now, and to the end, however many fail again. */
  private static RunSettings settings(RunSettings own) {
    return new RunSettings(
        Optional.empty(),
        own.checkpoint(),
        own.batchRows(),
        own.batchBytes(),
        new Share(1),
        own.stopOfLast(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** A source that decodes letters. */
  private void decodes(LogicalNode node, Operation.Read read, RawEntry entry) {
    nodes.add(
        node.with(
            new Operation.Read(
                new LetterSource(file, entry, read.source().meta()),
                read.format(),
                read.decoding(),
                read.computed(),
                read.eventTime())));
    live(node, node.step());
  }

  /** A source of rows that were decoded and then failed. */
  private void reads(LogicalNode node, Operation.Read read, RowEntry entry) {
    String name = node.step() + AgainSink.SUFFIX;
    Operation.Read again =
        new Operation.Read(
            new LetterSource(file, entry, List.of()),
            Optional.empty(),
            Format.Decoding.of(entry.schema()),
            read.computed(),
            read.eventTime());
    nodes.add(
        new LogicalNode(
            name, Section.SOURCES, node.origin(), List.of(), again, node.schema(), node.onError()));
    live(node, name);
  }

  private void live(LogicalNode node, String as) {
    live.computeIfAbsent(Targets.key(node.section(), node.step()), key -> new ArrayList<>())
        .add(new Input(node.section(), as, ""));
  }

  private void follows(LogicalNode node, Optional<Schema> letters) {
    List<Input> inputs = new ArrayList<>();
    for (Input input : node.inputs()) {
      for (Input from : live.getOrDefault(Targets.key(input.section(), input.step()), List.of())) {
        inputs.add(new Input(from.section(), from.step(), input.output()));
      }
    }
    letters.ifPresent(schema -> inputs.add(letters(node, schema)));
    if (inputs.isEmpty()) {
      return;
    }
    boolean union = node.operation() instanceof Operation.Union;
    List<Input> read = union || inputs.size() == 1 ? inputs : List.of(joined(node, inputs));
    Operation operation =
        node.operation() instanceof Operation.Write write
            ? new Operation.Write(
                write.sink().adding(), write.format(), write.templates(), Optional.empty())
            : node.operation();
    nodes.add(
        new LogicalNode(
            node.step(),
            node.section(),
            node.origin(),
            read,
            operation,
            node.schema(),
            node.onError()));
    live(node, node.step());
  }

  /** A source of the rows that failed in a step. */
  private Input letters(LogicalNode node, Schema schema) {
    boolean sink = node.section() == Section.SINKS;
    String name = (sink ? "sinks." : "") + node.step() + ".letters";
    nodes.add(
        new LogicalNode(
            name,
            Section.SOURCES,
            node.origin(),
            List.of(),
            new Operation.Read(
                new LetterSource(file, new RowEntry(node.step(), sink, schema), List.of()),
                Optional.empty(),
                Format.Decoding.of(schema),
                List.of(),
                Optional.empty()),
            schema,
            OnError.FAIL));
    return new Input(Section.SOURCES, name, "");
  }

  private Input joined(LogicalNode node, List<Input> inputs) {
    String name = node.step() + ".joined" + ++unions;
    Schema schema =
        nodes.stream()
            .filter(n -> n.section() == Section.SOURCES && n.step().equals(last(inputs)))
            .map(LogicalNode::schema)
            .findFirst()
            .orElse(node.schema());
    nodes.add(
        new LogicalNode(
            name,
            Section.TRANSFORMS,
            node.origin(),
            inputs,
            new Operation.Union(),
            schema,
            OnError.FAIL));
    return new Input(Section.TRANSFORMS, name, "");
  }

  /** What stands last is a source, of letters or of decoded rows. */
  private static String last(List<Input> inputs) {
    return inputs.get(inputs.size() - 1).step();
  }
}
