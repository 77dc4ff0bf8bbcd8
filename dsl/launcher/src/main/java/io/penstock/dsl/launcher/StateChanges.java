package io.penstock.dsl.launcher;

import io.penstock.core.runner.StateChange;
import java.util.ArrayList;
import java.util.List;

/** The values of {@code --state-change}, but for {@code fresh}. */
final class StateChanges {
  private StateChanges() {}

  static List<StateChange> of(List<String> values) {
    List<StateChange> changes = new ArrayList<>();
    for (String value : values) {
      int equals = value.indexOf('=');
      String step = value.substring(equals + 1);
      if (equals < 0 || step.isEmpty()) {
        throw wrong(value);
      }
      changes.add(
          switch (value.substring(0, equals)) {
            case "drop" -> new StateChange.Drop(step);
            case "reset-source" -> new StateChange.ResetSource(step);
            case "new-sink" -> new StateChange.NewSink(step);
            default -> throw wrong(value);
          });
    }
    return changes;
  }

  private static UsageException wrong(String value) {
    return new UsageException(
        "--state-change must be drop=STEP, reset-source=STEP or new-sink=STEP, not `"
            + value
            + "`");
  }
}
