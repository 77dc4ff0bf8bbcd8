package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.Staged;
import io.penstock.core.inspect.Rewind;
import io.penstock.core.runner.CrashPoints;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run goes back to an epoch, and says which sinks get rows again. */
final class RewindTest {
  private static final String NEW = "ee".repeat(16);
  private static final Staged NO_MARK = new Staged("", Map.of());
  private static final Staged PART = new Staged("part", Map.of());

  private final MemoryDisk disk = new MemoryDisk();

  /** What ends a process in a test. */
  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }

  private RunFolder folder() throws IOException {
    disk.letGoOfLocks();
    return RunFolder.open(disk, Samples.FOLDER, Samples.opening("orders"), false, CrashPoints.NONE);
  }

  private void decided(long epoch, Map<String, Checkpoint.SinkState> sinks) throws IOException {
    Checkpoint bare = Samples.bare(epoch, Checkpoint.MICRO_BATCH);
    Checkpoint point =
        new Checkpoint(
            epoch,
            bare.run(),
            bare.engine(),
            bare.print(),
            bare.mode(),
            bare.createdMicros(),
            Checkpoint.Ending.FINISHED,
            bare.slot(),
            bare.sources(),
            bare.stages(),
            sinks,
            bare.tables(),
            bare.counts());
    folder().checkpoints().decide(point, CrashPoints.NONE);
    folder().checkpoints().plan(Samples.plan(epoch), CrashPoints.NONE);
  }

  private static Checkpoint.SinkState sink(
      SinkTraits.Kind kind, List<Staged> staged, long committed) {
    return new Checkpoint.SinkState(kind.name(), staged, committed, NO_MARK);
  }

  private Rewind.Result rewound(long epoch, boolean duplicates) throws IOException {
    try (RunFolder folder = folder()) {
      return Rewind.to(folder, epoch, NEW, duplicates);
    }
  }

  private Checkpoint newest() throws IOException {
    return Newest.of(folder(), "orders").checkpoint().orElseThrow();
  }

  private void threeEpochs() throws IOException {
    decided(1, Map.of("sinks.out", sink(SinkTraits.Kind.STAGED, List.of(PART), 0)));
    decided(2, Map.of("sinks.out", sink(SinkTraits.Kind.STAGED, List.of(PART), 1)));
    decided(
        3,
        Map.of(
            "sinks.out", sink(SinkTraits.Kind.STAGED, List.of(), 2),
            "sinks.quiet", sink(SinkTraits.Kind.STAGED, List.of(), 0)));
  }

  @Test
  void goesBackWhereNoSinkHasGoneFurtherAndKeepsTheName() throws IOException {
    threeEpochs();

    Rewind.Result result = rewound(2, false);

    assertEquals(new Rewind.Result(List.of(3L), List.of()), result);
    assertEquals(2, newest().epoch());
    assertEquals(Samples.RUN, newest().run());
    assertEquals(Set.of(1L, 2L), folder().checkpoints().plans());
  }

  @Test
  void refusesWhereSinksHaveGoneFurtherAndChangesNothing() throws IOException {
    threeEpochs();
    decided(4, Map.of("sinks.console", sink(SinkTraits.Kind.IMMEDIATE, List.of(), 0)));

    PipelineException one = assertThrows(PipelineException.class, () -> rewound(3, false));
    PipelineException two = assertThrows(PipelineException.class, () -> rewound(1, false));

    assertEquals(ProblemCode.R104, one.problem().code());
    assertEquals(
        "`sinks.console` has gone on behind epoch 3, and would get rows again",
        one.problem().message());
    assertEquals(
        "`sinks.console`, `sinks.out` have gone on behind epoch 1, and would get rows again",
        two.problem().message());
    assertEquals(4, newest().epoch());
  }

  @Test
  void goesBackUnderANewNameWhereRowsAreWrittenAgain() throws IOException {
    threeEpochs();

    Rewind.Result result = rewound(1, true);

    assertEquals(new Rewind.Result(List.of(2L, 3L), List.of("sinks.out")), result);
    assertEquals(NEW, newest().run());
    assertEquals(Checkpoint.Ending.GOES_ON, newest().ending());
    // What the first epoch had for the sink was delivered under the old name.
    assertEquals(sink(SinkTraits.Kind.STAGED, List.of(), 0), newest().sinks().get("sinks.out"));
    assertEquals(Set.of(1L), folder().checkpoints().epochs());
  }

  @Test
  void earlierCheckpointsOfTheOldNameGo() throws IOException {
    threeEpochs();
    decided(4, Map.of("sinks.out", sink(SinkTraits.Kind.STAGED, List.of(PART), 2)));

    rewound(3, true);

    assertEquals(Set.of(3L), folder().checkpoints().epochs());
  }

  @Test
  void aDamagedLaterEpochMayHaveReachedEverySink() throws IOException {
    threeEpochs();
    Samples.put(disk, Samples.CK.resolve("c-3"), new byte[0]);

    assertThrows(PipelineException.class, () -> rewound(2, false));
    assertEquals(List.of("sinks.out"), rewound(2, true).repeats());
    assertThrows(IOException.class, () -> rewound(9, true));
  }

  @Test
  void mayBeDoneAgainWhereverItWasBrokenOff() throws IOException {
    for (int kill = 0; ; kill++) {
      for (java.nio.file.Path path : disk.paths()) {
        disk.delete(path);
      }
      threeEpochs();
      int last = kill;
      int[] seen = {0};
      WatchedDisk watched =
          new WatchedDisk(
              disk,
              (change, path) -> {
                if (seen[0]++ == last) {
                  throw new Killed();
                }
              });
      try (RunFolder folder = folder()) {
        Rewind.to(watchedFolder(watched, folder), 1, NEW, true);
        break;
      } catch (Killed e) {
        Rewind.Result again = rewound(1, true);
        assertTrue(again.gone().size() <= 2, "killed at " + kill);
        assertEquals(1, newest().epoch(), "killed at " + kill);
        assertEquals(newest().run(), folder().identity().run(), "killed at " + kill);
      }
    }
  }

  private RunFolder watchedFolder(WatchedDisk watched, RunFolder held) throws IOException {
    held.close();
    return RunFolder.open(
        watched, Samples.FOLDER, Samples.opening("orders"), false, CrashPoints.NONE);
  }
}
