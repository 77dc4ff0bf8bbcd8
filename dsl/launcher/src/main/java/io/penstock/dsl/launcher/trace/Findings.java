package io.penstock.dsl.launcher.trace;

import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalNode.OnError;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.StepOutputs;
import io.penstock.core.physical.StepKey;
import io.penstock.dsl.launcher.trace.Trace.Change;
import io.penstock.dsl.launcher.trace.Trace.Failed;
import io.penstock.dsl.launcher.trace.Trace.Step;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a trace out of what the probes kept. */
final class Findings {
  private final LogicalPlan plan;
  private final Reach reach;
  private final TracedRecord record;
  private final Lookout lookout;

  Findings(LogicalPlan plan, Reach reach, TracedRecord record, Lookout lookout) {
    this.plan = plan;
    this.reach = reach;
    this.record = record;
    this.lookout = lookout;
  }

  Trace trace(Tracing.Seen seen) {
    List<Step> steps = new ArrayList<>();
    List<LogicalNode> notReached = new ArrayList<>();
    for (LogicalNode node : reach.steps()) {
      Step step = step(node, seen);
      boolean source = node.section() == Section.SOURCES;
      if (source || !step.in().isEmpty() || !step.isEnd()) {
        steps.add(step);
      } else {
        notReached.add(node);
      }
    }
    return new Trace(record, steps, notReached, notes(seen, steps));
  }

  private Step step(LogicalNode node, Tracing.Seen seen) {
    List<Json> in = new ArrayList<>();
    node.inputs().forEach(input -> in.addAll(rows(seen.with().probes(), Place.of(input))));
    Map<String, Change> outputs = new LinkedHashMap<>();
    List<Probe.Seen> written = List.of();
    if (node.operation() instanceof Operation.Write) {
      written = kept(seen.with().probes(), Place.sink(node));
    } else {
      for (String output : StepOutputs.names(node.operation())) {
        outputs.put(output, change(node, output, seen));
      }
    }
    if (node.onError() == OnError.OUTPUT) {
      outputs.put(StepOutputs.FAILED, change(node, StepOutputs.FAILED, seen));
    }
    return new Step(
        node,
        in,
        outputs,
        unread(node, outputs.keySet()),
        links(node, seen),
        failures(node, seen),
        written);
  }

  private Set<String> unread(LogicalNode node, Set<String> outputs) {
    Set<String> unread = new HashSet<>(outputs);
    for (LogicalNode reader : plan.nodes()) {
      for (LogicalNode.Input input : reader.inputs()) {
        if (StepKey.of(input).equals(StepKey.of(node))) {
          unread.remove(input.output());
        }
      }
    }
    return unread;
  }

  private static Change change(LogicalNode node, String output, Tracing.Seen seen) {
    Place place = new Place(StepKey.of(node), output);
    return new Change(rows(seen.with().probes(), place), rows(seen.without(), place));
  }

  private static List<Json> rows(Map<Place, Probe> probes, Place place) {
    return kept(probes, place).stream().map(Probe.Seen::row).toList();
  }

  private static List<Probe.Seen> kept(Map<Place, Probe> probes, Place place) {
    Probe probe = probes.get(place);
    return probe == null ? List.of() : probe.seen();
  }

  /**
   * What the parts of a chain did; nothing where they do not come to what the chain itself did,
   * because something in it is random.
   */
  private static List<List<Json>> links(LogicalNode node, Tracing.Seen seen) {
    if (!(node.operation() instanceof Operation.Chain chain)) {
      return List.of();
    }
    List<List<Json>> links = new ArrayList<>();
    for (int i = 0; i < chain.links().size(); i++) {
      Place place = new Place(new StepKey(false, TracedPlan.link(node, i)), "");
      links.add(rows(seen.with().probes(), place));
    }
    List<Json> own = rows(seen.with().probes(), new Place(StepKey.of(node), ""));
    boolean same = links.isEmpty() || own.isEmpty() || links.get(links.size() - 1).equals(own);
    return same ? links : List.of();
  }

  private List<Failed> failures(LogicalNode node, Tracing.Seen seen) {
    boolean sink = node.section() == Section.SINKS;
    List<Failed> failures = new ArrayList<>();
    for (Probe.Seen letter : seen.with().letters().seen()) {
      Json row = letter.row();
      boolean ofSink = text(row, "stage").equals("sink");
      if (text(row, "step").equals(node.step()) && ofSink == sink) {
        Optional<Probe.Seen> kept =
            node.onError() == OnError.DEAD_LETTER && plan.deadLetter().isPresent()
                ? Optional.of(letter)
                : Optional.empty();
        failures.add(
            new Failed(
                text(row, "code"),
                text(row, "message"),
                text(row, "at"),
                values(row),
                node.onError(),
                kept));
      }
    }
    return failures;
  }

  private static Map<String, String> values(Json row) {
    Map<String, String> values = new LinkedHashMap<>();
    row.member("values")
        .map(Json::members)
        .orElse(Map.of())
        .forEach((name, value) -> values.put(name, value.asText().orElse("")));
    return values;
  }

  private static String text(Json row, String member) {
    return row.member(member).flatMap(Json::asText).orElse("");
  }

  private List<String> notes(Tracing.Seen seen, List<Step> steps) {
    List<String> notes = new ArrayList<>();
    steps.stream()
        .filter(step -> !reach.isCarried(StepKey.of(step.node())))
        .findFirst()
        .ifPresent(
            step ->
                notes.add(
                    "from `"
                        + step.node().step()
                        + "` on rows are as if the source ended behind this record"));
    lookout.othersFailed().forEach((step, count) -> stops(step, count).ifPresent(notes::add));
    for (LogicalNode node : reach.needed()) {
      Cut cut = seen.with().cuts().get(node.step());
      if (cut != null && !node.step().equals(record.source())) {
        unread(node, cut).ifPresent(notes::add);
      }
    }
    return notes;
  }

  private Optional<String> stops(String step, int count) {
    boolean stops =
        plan.nodes().stream().anyMatch(n -> n.step().equals(step) && n.onError() == OnError.FAIL);
    return stops
        ? Optional.of(
            "a run stops before this record: "
                + count
                + (count == 1 ? " record" : " records")
                + " before it failed in `"
                + step
                + "`")
        : Optional.empty();
  }

  private static Optional<String> unread(LogicalNode node, Cut cut) {
    String why = "nothing was read of `" + node.step() + "`, because it ";
    if (cut.hasLeftOut()) {
      return Optional.of(why + "has no end");
    }
    return cut.isOver() ? Optional.of(why + "can be read only once") : Optional.empty();
  }
}
