package io.penstock.core.run;

import io.penstock.api.sink.SinkTraits;
import io.penstock.core.delivery.StateUse;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RunSettings;
import java.time.Duration;

/**
 * For how long what there is to read may be left to come together: a small part of an epoch, where
 * all that becomes of it is seen only once the epoch is decided.
 */
final class Gathering {
  private static final int PARTS = 20;
  private static final Duration LEAST = Duration.ofMillis(2);
  private static final Duration MOST = Duration.ofMillis(50);

  private Gathering() {}

  /**
   * How long; zero where rows are seen at once.
   *
   * @param fixedEnd whether it is known where reading ends, so that nothing is waited for
   */
  static Duration of(RunScope scope, boolean fixedEnd) {
    RunSettings settings = scope.plan().logical().settings();
    boolean seenAtOnce =
        scope.plan().logical().nodes().stream()
            .map(LogicalNode::operation)
            .anyMatch(operation -> showsAtOnce(operation, settings));
    if (fixedEnd || seenAtOnce || scope.request().kept().isEmpty()) {
      return Duration.ZERO;
    }
    return part(settings.checkpoint());
  }

  private static boolean showsAtOnce(Operation operation, RunSettings settings) {
    return operation instanceof Operation.Write write
        && write.sink().traits(StateUse.of(write, settings, true)).kind()
            == SinkTraits.Kind.IMMEDIATE;
  }

  /** A twentieth, but at least 2 ms, if that is not more than half. */
  static Duration part(Duration epoch) {
    Duration part = epoch.dividedBy(PARTS);
    part = part.compareTo(LEAST) < 0 ? LEAST : part;
    part = part.compareTo(MOST) > 0 ? MOST : part;
    Duration half = epoch.dividedBy(2);
    return part.compareTo(half) > 0 ? half : part;
  }
}
