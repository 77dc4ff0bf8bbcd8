package io.penstock.dsl.language.check;

import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.delivery.Guarantee;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.Delivery;
import io.penstock.core.logical.LogicalNode.Section;
import io.penstock.core.logical.Schedule;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.BoundSink;
import io.penstock.dsl.language.bind.BoundSource;
import io.penstock.dsl.language.bind.StepHead;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which sources reach which steps, and what follows from it for a whole run: the guarantees that
 * are asked for, and what may meet under a schedule.
 */
final class Flows {
  private final BoundPipeline pipeline;
  private final Edges edges;
  private final RunBlock run;
  private final SinkUses uses;
  private final Problems problems;
  private final Map<String, BoundSource> sources = new LinkedHashMap<>();

  Flows(BoundPipeline pipeline, Edges edges, RunBlock run, SinkUses uses, Problems problems) {
    this.pipeline = pipeline;
    this.edges = edges;
    this.run = run;
    this.uses = uses;
    this.problems = problems;
    pipeline.sources().forEach(s -> sources.putIfAbsent(s.head().name(), s));
  }

  void check() {
    pipeline.sinks().forEach(this::guarantee);
    Optional<Schedule> schedule = run.schedule();
    if (schedule.isPresent() && !(schedule.get() instanceof Schedule.AvailableNow)) {
      pipeline.transforms().forEach(t -> meeting(Section.TRANSFORMS, t.head()));
      pipeline.sinks().forEach(s -> meeting(Section.SINKS, s.head()));
    }
  }

  /**
   * The first path to a sink that does not reach what is asked for is reported; not where the file
   * reaches it and only a flag of the run does not, which is no mistake of the file.
   */
  private void guarantee(BoundSink sink) {
    Optional<Placed<Delivery>> floor = uses.floor(sink);
    if (floor.isEmpty()) {
      return;
    }
    boolean keeps = uses.keepsState() || uses.fileKeepsState();
    String name = sink.head().name();
    for (BoundSource source : above(Section.SINKS, name)) {
      Guarantee guarantee =
          Guarantee.of(
              source.head().name(),
              source.config().traits(),
              name,
              sink.config().traits(StateUse.of(floor.map(Placed::value), keeps)),
              keeps);
      if (!guarantee.level().reaches(floor.get().value())) {
        report(name, floor.get(), guarantee);
        return;
      }
    }
  }

  private void report(String sink, Placed<Delivery> floor, Guarantee guarantee) {
    String wanted =
        switch (floor.value()) {
          case EXACTLY_ONCE -> "exactly once";
          case AT_LEAST_ONCE -> "at least once";
        };
    boolean less =
        floor.value() == Delivery.EXACTLY_ONCE && guarantee.level().reaches(Delivery.AT_LEAST_ONCE);
    problems.add(
        ProblemCode.E501,
        floor.origin(),
        "`" + sink + "` cannot deliver " + wanted + ", because " + guarantee.weakest(),
        "it can promise "
            + guarantee.level().words()
            + ": "
            + (less ? "write `delivery: at_least_once`" : "leave `delivery` out"));
  }

  /** What is read whole at each slot and what goes on have nothing to say to each other. */
  private void meeting(Section section, StepHead head) {
    List<Outlet> inputs = edges.all(section, head.name());
    if (inputs.size() < 2) {
      return;
    }
    Optional<BoundSource> whole = Optional.empty();
    Optional<BoundSource> going = Optional.empty();
    for (BoundSource source : above(section, head.name())) {
      boolean bounded = source.config().traits().bounded();
      whole = bounded ? whole.or(() -> Optional.of(source)) : whole;
      going = bounded ? going : going.or(() -> Optional.of(source));
    }
    if (whole.isPresent() && going.isPresent()) {
      problems.add(
          ProblemCode.E504,
          head.origin(),
          "`"
              + head.name()
              + "` joins `"
              + whole.get().head().name()
              + "`, which is read whole at each time of the schedule, with `"
              + going.get().head().name()
              + "`, which goes on where it stood",
          "make `" + whole.get().head().name() + "` a table, or leave the schedule out");
    }
  }

  /** The sources whose rows reach a step, in the order met upwards. */
  private List<BoundSource> above(Section section, String step) {
    Set<BoundSource> found = new LinkedHashSet<>();
    above(section, step, found, new LinkedHashSet<>());
    return List.copyOf(found);
  }

  private void above(Section section, String step, Set<BoundSource> found, Set<String> seen) {
    if (!seen.add(Outlet.key(section, step))) {
      return;
    }
    if (section == Section.SOURCES) {
      Optional.ofNullable(sources.get(step)).ifPresent(found::add);
      return;
    }
    for (Outlet outlet : edges.all(section, step)) {
      above(outlet.section(), outlet.step(), found, seen);
    }
  }
}
