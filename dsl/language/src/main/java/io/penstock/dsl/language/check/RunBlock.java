package io.penstock.dsl.language.check;

import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.core.logical.RunSettings;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.BoundSink;
import io.penstock.dsl.language.bind.Delivery;
import io.penstock.dsl.language.bind.RunOptions;
import io.penstock.dsl.language.bind.StopAbove;
import java.util.Optional;

/** The run block: defaults filled in, guarantees compared with what the sinks can give. */
final class RunBlock {
  private final BoundPipeline pipeline;
  private final Problems problems;

  RunBlock(BoundPipeline pipeline, Problems problems) {
    this.pipeline = pipeline;
    this.problems = problems;
  }

  RunSettings settings() {
    RunOptions run = pipeline.run();
    RunSettings standard = RunSettings.standard();
    run.delivery().ifPresent(this::everySink);
    pipeline.sinks().forEach(this::delivery);
    Optional<StopAbove> stop = pipeline.deadLetter().flatMap(d -> d.keys().stopAbove());
    return new RunSettings(
        run.mode().map(mode -> RunBlock.mode(mode.value())),
        run.checkpoint().map(Placed::value).orElse(standard.checkpoint()),
        run.batch()
            .filter(b -> b.maxRows().isPresent())
            .map(b -> b.maxRows().getAsLong())
            .orElse(standard.batchRows()),
        run.batch().flatMap(RunOptions.BatchOptions::maxBytes).orElse(standard.batchBytes()),
        stop.map(StopAbove::rate).orElse(standard.stopRate()),
        stop.map(StopAbove::ofLast).orElse(standard.stopOfLast()),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static RunSettings.Mode mode(RunOptions.Mode mode) {
    return switch (mode) {
      case CONTINUOUS -> RunSettings.Mode.CONTINUOUS;
      case MICRO_BATCH -> RunSettings.Mode.MICRO_BATCH;
    };
  }

  private void everySink(Placed<Delivery> wanted) {
    for (BoundSink sink : pipeline.sinks()) {
      if (sink.keys().delivery().isEmpty()) {
        compare(sink, wanted.value(), wanted.origin());
      }
    }
  }

  private void delivery(BoundSink sink) {
    sink.keys().delivery().ifPresent(d -> compare(sink, d.value(), d.origin()));
  }

  private void compare(BoundSink sink, Delivery wanted, Origin at) {
    if (wanted == Delivery.AT_LEAST_ONCE) {
      return;
    }
    Optional<String> endless =
        pipeline.sources().stream()
            .filter(source -> !source.config().traits().bounded())
            .map(source -> source.head().name())
            .findFirst();
    String name = sink.head().name();
    if (immediate(sink.config())) {
      problems.add(
          ProblemCode.E501,
          at,
          "`"
              + name
              + "` cannot deliver exactly once, because `"
              + sink.head().component()
              + "` writes at once",
          "write `delivery: at_least_once`");
    } else if (endless.isPresent()) {
      problems.add(
          ProblemCode.E501,
          at,
          "`"
              + name
              + "` cannot deliver exactly once, because `"
              + endless.get()
              + "` never ends and this version keeps no state",
          "write `delivery: at_least_once`");
    }
  }

  private static boolean immediate(SinkConfig sink) {
    SinkTraits traits = sink.traits(SinkUse.EPHEMERAL);
    return traits.kind() == SinkTraits.Kind.IMMEDIATE && !traits.idempotentByKey();
  }
}
