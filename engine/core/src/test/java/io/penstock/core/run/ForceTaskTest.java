package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.runner.CrashPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForceTaskTest {
  private final Epochs epochs = new Epochs(1, () -> {});
  private final Epochs.Member sink = epochs.join("out");
  private final ForceTask task = new ForceTask(epochs.join("out"), CrashPoints.NONE);
  private final List<String> done = new ArrayList<>();

  @Test
  void anEpochIsNotReadyBeforeWhatIsStagedIsForced() {
    assertTrue(epochs.request());
    assertTrue(task.add(Optional.of(() -> done.add("first")), false));
    sink.passed(Part.NOTHING);

    assertFalse(epochs.isReady());
    assertEquals(List.of("out"), epochs.late());
    assertEquals(Task.Progress.MORE, task.step());
    assertEquals(List.of("first"), done);
    assertTrue(epochs.isReady());
    assertEquals(Task.Progress.WAITS, task.step());
  }

  @Test
  void theLastEpochMayBeHandedOverBeforeTheOneUnderWayIsForced() {
    assertTrue(epochs.request());
    assertTrue(task.add(Optional.of(() -> done.add("under way")), false));
    sink.passed(Part.NOTHING);
    assertTrue(task.add(Optional.of(() -> done.add("last")), true));
    sink.ended(Part.NOTHING);

    assertEquals(Task.Progress.MORE, task.step());
    assertTrue(epochs.isReady());
    epochs.decided();
    assertFalse(epochs.isReady());
    assertEquals(Task.Progress.DONE, task.step());
    assertTrue(epochs.isReady());
    assertEquals(List.of("under way", "last"), done);
  }

  @Test
  void anEpochWhoseForceFailsIsNeverReady() {
    Runnable broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertTrue(task.add(Optional.of(broken), false));
    sink.passed(Part.NOTHING);

    assertThrows(IllegalStateException.class, task::step);

    assertFalse(epochs.isReady());
  }

  @Test
  void anEpochOfWhichNothingIsToBeForcedPassesAtOnceUnlessAnotherOneIsForced() {
    assertTrue(epochs.request());
    assertFalse(task.add(Optional.empty(), false));
    sink.passed(Part.NOTHING);
    assertTrue(epochs.isReady());
    epochs.decided();

    assertTrue(epochs.request());
    assertTrue(task.add(Optional.of(() -> done.add("second")), false));
    sink.passed(Part.NOTHING);
    assertTrue(task.add(Optional.empty(), true));
    sink.ended(Part.NOTHING);
    assertFalse(epochs.isReady());
    assertEquals(Task.Progress.MORE, task.step());
    assertTrue(epochs.isReady());
    epochs.decided();
    assertEquals(Task.Progress.DONE, task.step());
    assertTrue(epochs.isReady());
  }
}
