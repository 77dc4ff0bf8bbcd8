package io.penstock.dsl.launcher.trace;

import io.penstock.api.data.Schema;
import io.penstock.api.option.Share;
import io.penstock.core.logical.DeadLetter;
import io.penstock.core.logical.FailedRows;
import io.penstock.core.logical.LateRows;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.logical.Throttle;
import io.penstock.core.physical.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan of what a record can come to: sources are cut, failures are collected whatever the steps
 * say, and a probe looks at each output and stands in the place of each sink.
 *
 * @param cuts by source
 * @param letters takes what fails
 */
record TracedPlan(
    LogicalPlan plan, Map<String, Cut> cuts, Map<Place, Probe> probes, Probe letters) {
  /** The place of the dead letters. */
  static final Place LETTERS = new Place(new StepKey(true, "dead_letter"), "");

  /**
   * Makes the plan of one run.
   *
   * @param reach what the record can come to
   * @param source whose record is traced
   */
  static TracedPlan of(Reach reach, LogicalPlan plan, LogicalNode source, Means means, Run run) {
    return new Making(reach, means, run, source).plan(plan);
  }

  /** What a trace is made with. */
  record Means(Lookout lookout, TraceClock clock) {}

  /**
   * One run.
   *
   * @param last the number of the record after which the source ends
   * @param placed whether rows may be told by where they come from
   */
  record Run(long last, boolean placed) {}

  private static final class Making {
    private final Reach reach;
    private final Means means;
    private final Run run;
    private final LogicalNode source;
    private final Cut cut;
    private final Map<String, Cut> cuts = new LinkedHashMap<>();
    private final Map<Place, Probe> probes = new LinkedHashMap<>();
    private final List<LogicalNode> nodes = new ArrayList<>();
    private final List<LogicalNode> watchers = new ArrayList<>();

    Making(Reach reach, Means means, Run run, LogicalNode source) {
      this.reach = reach;
      this.means = means;
      this.run = run;
      this.source = source;
      this.cut = new Cut(source.step(), run.last());
    }

    TracedPlan plan(LogicalPlan plan) {
      for (LogicalNode node : reach.needed()) {
        LogicalNode done = collecting(node.with(operation(node)));
        nodes.add(done);
        if (reach.reaches(node)) {
          watch(node);
        }
      }
      nodes.addAll(watchers);
      Probe letters = letters(plan);
      DeadLetter deadLetter =
          new DeadLetter(
              letters,
              plan.deadLetter().flatMap(DeadLetter::format),
              plan.deadLetter().map(DeadLetter::origin).orElse(source.origin()));
      LogicalPlan traced =
          new LogicalPlan(
              plan.name(),
              nodes,
              plan.tables(),
              Optional.of(deadLetter),
              tolerant(plan.settings()));
      return new TracedPlan(traced, cuts, probes, letters);
    }

    private Probe letters(LogicalPlan plan) {
      Probe.Interest interest = means.lookout().letters(LETTERS, cut);
      return plan.deadLetter()
          .map(real -> Probe.inPlaceOf(real.sink(), interest))
          .orElseGet(() -> Probe.at(interest));
    }

    /** A run to the end that no number of failures stops. */
    private static RunSettings tolerant(RunSettings settings) {
      return new RunSettings(
          Optional.empty(),
          settings.checkpoint(),
          settings.batchRows(),
          settings.batchBytes(),
          new Share(1),
          Integer.MAX_VALUE,
          Optional.empty(),
          Optional.empty(),
          false);
    }

    private Operation operation(LogicalNode node) {
      if (node.operation() instanceof Operation.Read read) {
        Cut own = node.step().equals(source.step()) ? cut : whole(node, read);
        cuts.put(node.step(), own);
        return new Operation.Read(
            new CutSource(read, own, means.clock()),
            read.format(),
            read.decoding(),
            read.computed(),
            read.eventTime());
      }
      if (node.operation() instanceof Operation.Write write) {
        Place place = Place.sink(node);
        Probe probe = Probe.inPlaceOf(write.sink(), interest(place));
        probes.put(place, probe);
        return new Operation.Write(probe, write.format(), write.templates(), Optional.empty());
      }
      if (node.operation() instanceof Operation.Expect expect) {
        return new Operation.Expect(expect.rules(), Optional.empty());
      }
      return Throttle.atOnce(node.operation());
    }

    /** Another source, up to where it ends now; what can be read once only is left alone. */
    private static Cut whole(LogicalNode node, Operation.Read read) {
      return new Cut(node.step(), read.source().traits().replayable() ? Cut.ALL : 0);
    }

    private static LogicalNode collecting(LogicalNode node) {
      if (node.onError() == OnError.OUTPUT) {
        return node;
      }
      return new LogicalNode(
          node.step(),
          node.section(),
          node.origin(),
          node.inputs(),
          node.operation(),
          node.schema(),
          OnError.DEAD_LETTER);
    }

    private void watch(LogicalNode node) {
      if (node.section() != Section.SINKS) {
        for (String output : StepOutputs.names(node.operation())) {
          watch(node, output, schema(node, output));
        }
      }
      if (node.onError() == OnError.OUTPUT) {
        watch(node, StepOutputs.FAILED, schema(node, StepOutputs.FAILED));
      }
      if (node.operation() instanceof Operation.Chain chain) {
        links(node, chain);
      }
    }

    private Schema schema(LogicalNode node, String output) {
      if (output.equals(StepOutputs.LATE) && node.operation() instanceof Operation.ByTime timed) {
        List<Schema> inputs = node.inputs().stream().map(this::schema).toList();
        return LateRows.of(inputs, timed.hasWindows());
      }
      if (!output.equals(StepOutputs.FAILED)) {
        return node.schema();
      }
      return node.inputs().isEmpty()
          ? FailedRows.ofSource()
          : FailedRows.of(schema(node.inputs().get(0)));
    }

    private Schema schema(LogicalNode.Input input) {
      for (LogicalNode above : nodes) {
        if (StepKey.of(above).equals(StepKey.of(input))) {
          return schema(above, input.output());
        }
      }
      throw new IllegalStateException("no step " + input);
    }

    /** The steps of a chain once more, one by one, beside it. */
    private void links(LogicalNode node, Operation.Chain chain) {
      List<LogicalNode.Input> inputs = node.inputs();
      for (int i = 0; i < chain.links().size(); i++) {
        Operation.Link link = chain.links().get(i);
        LogicalNode part =
            new LogicalNode(
                link(node, i),
                Section.TRANSFORMS,
                link.origin(),
                inputs,
                link.operation(),
                link.schema(),
                OnError.SKIP);
        watchers.add(part);
        inputs = List.of(new LogicalNode.Input(Section.TRANSFORMS, part.step(), ""));
        watch(part, "", link.schema(), reach.isCarried(StepKey.of(node)));
      }
    }

    private void watch(LogicalNode node, String output, Schema schema) {
      watch(node, output, schema, reach.isCarried(StepKey.of(node)));
    }

    private void watch(LogicalNode node, String output, Schema schema, boolean carried) {
      Place place = new Place(StepKey.of(node), output);
      Probe probe = Probe.at(interest(place, carried));
      probes.put(place, probe);
      watchers.add(
          new LogicalNode(
              "trace " + watchers.size(),
              Section.SINKS,
              node.origin(),
              List.of(new LogicalNode.Input(node.section(), node.step(), output)),
              new Operation.Write(probe, Optional.empty(), Map.of(), Optional.empty()),
              schema,
              OnError.FAIL));
    }

    private Probe.Interest interest(Place place) {
      return interest(place, reach.isCarried(place.step()));
    }

    private Probe.Interest interest(Place place, boolean carried) {
      return carried && run.placed()
          ? means.lookout().carried(cut)
          : means.lookout().compared(place);
    }
  }

  /** The name of a part of a chain. */
  static String link(LogicalNode node, int index) {
    return node.step() + "#" + (index + 1);
  }
}
