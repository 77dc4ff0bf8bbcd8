package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run goes on from the newest checkpoint, or from the one before, or is refused by name. */
final class NewestTest {
  private final MemoryDisk disk = new MemoryDisk();

  private RunFolder folder() throws IOException {
    disk.letGoOfLocks();
    return RunFolder.open(disk, Samples.FOLDER, Samples.opening("orders"), false, CrashPoints.NONE);
  }

  private Checkpoints checkpoints() throws IOException {
    return folder().checkpoints();
  }

  private void decided(String mode, long... epochs) throws IOException {
    for (long epoch : epochs) {
      checkpoints().decide(Samples.bare(epoch, mode), CrashPoints.NONE);
    }
  }

  private void planned(long... epochs) throws IOException {
    for (long epoch : epochs) {
      checkpoints().plan(Samples.plan(epoch), CrashPoints.NONE);
    }
  }

  private void damage(String name) throws IOException {
    Samples.put(disk, Samples.CK.resolve(name), new byte[0]);
  }

  private Newest newest() throws IOException {
    return Newest.of(folder(), "orders");
  }

  private Problem refused() {
    return assertThrows(PipelineException.class, this::newest).problem();
  }

  @Test
  void thereIsNoneAtTheFirstStart() throws IOException {
    Newest newest = newest();
    newest.accept();

    assertEquals(Optional.empty(), newest.checkpoint());
    assertEquals(Optional.empty(), newest.pending());
    assertEquals(Optional.empty(), newest.warning());
    assertFalse(newest.isDamaged());
  }

  @Test
  void aBatchThatWasPlannedAndNotDecidedIsPending() throws IOException {
    planned(1);
    assertEquals(Optional.of(Samples.plan(1)), newest().pending());

    decided(Checkpoint.MICRO_BATCH, 1);
    assertEquals(Optional.empty(), newest().pending());

    planned(2);
    assertEquals(Optional.of(Samples.plan(2)), newest().pending());
    assertEquals(1, newest().checkpoint().orElseThrow().epoch());
  }

  @Test
  void anEpochThatWasCutByTimeNeedsNoPlan() throws IOException {
    decided(Checkpoint.CONTINUOUS, 1, 2);

    assertEquals(2, newest().checkpoint().orElseThrow().epoch());
  }

  @Test
  void theCheckpointOfABatchWithoutItsPlanIsRefused() throws IOException {
    decided(Checkpoint.MICRO_BATCH, 4);

    Problem problem = refused();

    assertEquals(ProblemCode.R105, problem.code());
    assertEquals("there is the checkpoint of batch 4 but not its plan", problem.message());
  }

  @Test
  void aPlanTooFarIsRefusedWithBothNumbers() throws IOException {
    decided(Checkpoint.CONTINUOUS, 4);
    planned(4, 5, 7);

    Problem problem = refused();

    assertEquals(ProblemCode.R105, problem.code());
    assertEquals("there is a plan of batch 7 but the newest checkpoint is 4", problem.message());
  }

  @Test
  void aPlanTooFarIsRefusedWhereThereIsNoCheckpoint() throws IOException {
    planned(2);

    assertEquals("there is a plan of batch 2 but the newest checkpoint is 0", refused().message());
  }

  @Test
  void checkpointsOfAnotherRunAreRefused() throws IOException {
    checkpoints().decide(Samples.bare(1, Checkpoint.CONTINUOUS), CrashPoints.NONE);
    RunFolder.Opening other =
        new RunFolder.Opening("orders", "ff".repeat(16), "process 8", 0, "0.1.0");
    byte[] point = Samples.content(disk, Samples.CK.resolve("c-1"));
    disk.letGoOfLocks();
    RunFolder fresh = RunFolder.open(disk, Samples.FOLDER, other, true, CrashPoints.NONE);
    Samples.put(disk, Samples.CK.resolve("c-1"), point);

    Problem problem =
        assertThrows(PipelineException.class, () -> Newest.of(fresh, "orders")).problem();

    assertEquals(ProblemCode.R102, problem.code());
    assertEquals("the checkpoint `c-1` is another run's than `IDENTITY` names", problem.message());
  }

  @Test
  void aDamagedOneIsLeftForTheOneBeforeWhenTheSinksAgree() throws IOException {
    decided(Checkpoint.MICRO_BATCH, 1, 2, 3);
    planned(1, 2, 3);
    damage("c-3");

    Newest newest = newest();
    newest.accept();

    assertTrue(newest.isDamaged());
    assertEquals(2, newest.checkpoint().orElseThrow().epoch());
    assertEquals(Optional.of(Samples.plan(3)), newest.pending());
    assertTrue(newest.warning().orElseThrow().contains("`c-3` has 0 bytes, not at least 40"));
    assertEquals(Set.of(1L, 2L), checkpoints().epochs());
    assertFalse(newest().isDamaged());
  }

  @Test
  void aPlanBehindTheDamagedOneGoesWithItSoThatTheNextStartIsNotRefused() throws IOException {
    decided(Checkpoint.MICRO_BATCH, 1, 2, 3);
    planned(1, 2, 3, 4);
    damage("c-3");

    newest().accept();
    Newest again = newest();

    assertEquals(Set.of(1L, 2L, 3L), checkpoints().plans());
    assertEquals(2, again.checkpoint().orElseThrow().epoch());
    assertEquals(Optional.of(Samples.plan(3)), again.pending());
  }

  @Test
  void aDamagedOneThatWasCutByTimeHasNoPlan() throws IOException {
    decided(Checkpoint.CONTINUOUS, 1, 2);
    damage("c-2");

    assertEquals(Optional.empty(), newest().pending());
  }

  @Test
  void aSinkThatHasGoneOnRefusesTheOneBefore() throws IOException {
    decided(Checkpoint.CONTINUOUS, 1, 2);
    damage("c-2");

    Problem further = newest().refused("out", OptionalLong.of(2)).problem();
    Problem silent = newest().refused("out", OptionalLong.empty()).problem();

    assertEquals(ProblemCode.R104, further.code());
    assertTrue(further.message().endsWith("and the sink `out` has gone on to epoch 2"));
    assertTrue(silent.message().endsWith("and the sink `out` does not tell how far it is"));
  }

  @Test
  void nothingWholeIsRefusedAndNeverBegunAnew() throws IOException {
    decided(Checkpoint.CONTINUOUS, 1, 2);
    damage("c-1");
    damage("c-2");

    PipelineException e = assertThrows(PipelineException.class, this::newest);

    assertEquals(ProblemCode.R104, e.problem().code());
    assertTrue(e.problem().message().startsWith("no checkpoint is whole: `c-2` has 0 bytes"));
    assertEquals(Set.of(1L, 2L), checkpoints().epochs());
  }

  @Test
  void theOnlyOneDamagedIsRefused() throws IOException {
    decided(Checkpoint.CONTINUOUS, 1);
    damage("c-1");

    assertEquals(ProblemCode.R104, refused().code());
  }

  @Test
  void noOtherThanTheOneBeforeIsTaken() throws IOException {
    decided(Checkpoint.CONTINUOUS, 1, 2, 3);
    checkpoints().remove(2);
    damage("c-3");

    assertEquals(ProblemCode.R104, refused().code());
  }

  @Test
  void aDamagedPlanIsDamageOfTheState() throws IOException {
    planned(1);
    damage("p-1");

    assertThrows(DamagedException.class, this::newest);
  }
}
