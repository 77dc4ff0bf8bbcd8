package io.penstock.core.expression;

import io.penstock.api.system.Clock;

/**
 * What a run gives to evaluators.
 *
 * @param now the time that {@code now()} gives, micros: when the row's batch was read, in
 *     micro-batches the plan's time
 * @param seed of the run, for {@code random()} and its like
 * @param step the step's name, part of what {@code random()} is made of
 * @param pipeline the pipeline's name
 */
public record EvaluationContext(NowSource now, long seed, String step, String pipeline) {
  /** The time of the batch at hand. */
  @FunctionalInterface
  public interface NowSource {
    long micros();

    /**
     * The time for which the batch was planned; where there is no schedule, the same as {@link
     * #micros}.
     */
    default long slot() {
      return micros();
    }
  }

  /** For folding and tests. */
  public static EvaluationContext of(Clock clock) {
    return new EvaluationContext(clock::micros, 0, "", "");
  }
}
