package io.penstock.core.delivery;

import io.penstock.api.sink.SinkUse;
import io.penstock.core.logical.Delivery;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.LogicalPlan;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import java.util.Optional;

/** Whether a run keeps state and how it uses its sinks: the one place that says so. */
public final class StateUse {
  private StateUse() {}

  /** What the user says of it, beside the file. */
  public enum Wish {
    /** Nothing. */
    NONE,
    KEEP,
    REFUSE
  }

  /** Whether a run of this plan keeps state. */
  public static boolean keepsState(LogicalPlan plan, Wish wish) {
    boolean endless = plan.nodes().stream().map(LogicalNode::operation).anyMatch(StateUse::endless);
    return keepsState(plan.settings().stated(), endless, wish);
  }

  /**
   * Whether a run keeps state.
   *
   * @param stated whether the file has a run block
   * @param endless whether any source has no end
   */
  public static boolean keepsState(boolean stated, boolean endless, Wish wish) {
    return switch (wish) {
      case NONE -> stated || endless;
      case KEEP -> true;
      case REFUSE -> false;
    };
  }

  /** How a run uses a sink of the plan. */
  public static SinkUse of(Operation.Write write, RunSettings settings, boolean keepsState) {
    return of(write.floor().or(settings::delivery), keepsState);
  }

  /** How a run uses the sink of its dead letters. */
  public static SinkUse ofDeadLetters(RunSettings settings, boolean keepsState) {
    return of(settings.delivery(), keepsState);
  }

  /** How a run uses a sink of which this much is asked. */
  public static SinkUse of(Optional<Delivery> floor, boolean keepsState) {
    return new SinkUse(
        keepsState,
        floor.filter(Delivery.EXACTLY_ONCE::equals).isPresent(),
        floor.filter(Delivery.AT_LEAST_ONCE::equals).isPresent());
  }

  private static boolean endless(Operation operation) {
    return operation instanceof Operation.Read read && !read.source().traits().bounded();
  }
}
