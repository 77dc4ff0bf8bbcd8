package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checkpoints and plans are found by their numbers, and the oldest go. */
final class CheckpointsTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final Checkpoints checkpoints = new Checkpoints(disk, Samples.CK);

  private void with(String... names) throws IOException {
    for (String name : names) {
      Samples.put(disk, Samples.CK.resolve(name), new byte[0]);
    }
  }

  private List<String> names() {
    return disk.paths().stream().map(path -> path.getFileName().toString()).sorted().toList();
  }

  @Test
  void findsThemByNumberAndNothingElse() throws IOException {
    with("c-2", "c-10", "p-11", "c-", "c-1x", "c-x", "c-1-", "x-4");
    with("c-1234567890123456789", "c-123456789012345678", ".c-12.tmp", "c-+5");

    assertEquals(List.of(2L, 10L, 123456789012345678L), List.copyOf(checkpoints.epochs()));
    assertEquals(List.of(11L), List.copyOf(checkpoints.plans()));
  }

  @Test
  void theLastThreeAreKeptWithTheirPlans() throws IOException {
    with("c-1", "c-2", "c-3", "c-4", "c-5", "p-1", "p-2", "p-3", "p-4", "p-5", "p-6");

    List<Long> left = checkpoints.retain();

    assertEquals(List.of(3L, 4L, 5L), left);
    assertEquals(List.of("c-3", "c-4", "c-5", "p-3", "p-4", "p-5", "p-6"), names());
  }

  @Test
  void aPlanWithoutAnyCheckpointStays() throws IOException {
    with("p-1");

    assertEquals(List.of(), checkpoints.retain());
    assertEquals(List.of("p-1"), names());
  }

  @Test
  void onlyTemporaryFilesAreRemovedAsSuch() throws IOException {
    with("c-1", ".c-2.tmp", ".p-2.tmp");

    checkpoints.removeTemporary();

    assertEquals(List.of("c-1"), names());
  }

  @Test
  void aRemovedEpochIsGoneForGood() throws IOException {
    List<String> changes = new ArrayList<>();
    with("c-7", "p-8");
    Checkpoints watched =
        new Checkpoints(
            new WatchedDisk(disk, (change, path) -> changes.add(change + " " + path.getFileName())),
            Samples.CK);

    watched.remove(7);
    watched.removePlan(8);

    assertEquals(
        List.of("DELETE c-7", "FORCE_DIRECTORY ck", "DELETE p-8", "FORCE_DIRECTORY ck"), changes);
    assertTrue(names().isEmpty());
  }

  @Test
  void countsAddUp() throws IOException {
    Checkpoint.Counts counts = new Checkpoint.Counts(1, 2, 3, 4, 5, 6);

    assertEquals(counts, counts.plus(Checkpoint.Counts.NONE));
    assertEquals(new Checkpoint.Counts(2, 4, 6, 8, 10, 12), counts.plus(counts));
  }

  @Test
  void theSameEpochIsDecidedAgainInItsPlace() throws IOException {
    disk.createDirectories(Samples.CK);
    checkpoints.decide(Samples.bare(1, Checkpoint.CONTINUOUS), CrashPoints.NONE);
    checkpoints.decide(Samples.full(1), CrashPoints.NONE);

    assertEquals(Samples.full(1).counts(), checkpoints.read(1).counts());
    assertEquals(List.of("c-1"), names());
  }
}
