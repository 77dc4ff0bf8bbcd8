package io.penstock.dsl.language.check;

import io.penstock.api.option.Placed;
import io.penstock.api.sink.SinkUse;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.Delivery;
import io.penstock.dsl.language.bind.BoundPipeline;
import io.penstock.dsl.language.bind.BoundSink;
import java.util.Optional;

/** How a run of the file is going to use its sinks. */
final class SinkUses {
  private final boolean stated;
  private final boolean endless;
  private final StateUse.Wish wish;
  private final RunBlock run;

  /**
   * The uses of a pipeline's sinks.
   *
   * @param wish what the user says of keeping state, beside the file
   */
  SinkUses(BoundPipeline pipeline, RunBlock run, StateUse.Wish wish) {
    this.stated = pipeline.run().isPresent();
    this.endless = pipeline.sources().stream().anyMatch(s -> !s.config().traits().bounded());
    this.wish = wish;
    this.run = run;
  }

  /** Whether the run keeps state. */
  boolean keepsState() {
    return StateUse.keepsState(stated, endless, wish);
  }

  /** Whether a run of the file as it stands keeps state, whatever the user says beside it. */
  boolean fileKeepsState() {
    return StateUse.keepsState(stated, endless, StateUse.Wish.NONE);
  }

  /** The guarantee that is asked of a sink. */
  Optional<Placed<Delivery>> floor(BoundSink sink) {
    return sink.keys().delivery().map(RunBlock::floor).or(run::floor);
  }

  /** How the run uses a sink. */
  SinkUse of(BoundSink sink) {
    return StateUse.of(floor(sink).map(Placed::value), keepsState());
  }

  /** How the run uses the sink of its dead letters. */
  SinkUse ofDeadLetters() {
    return StateUse.of(run.floor().map(Placed::value), keepsState());
  }
}
