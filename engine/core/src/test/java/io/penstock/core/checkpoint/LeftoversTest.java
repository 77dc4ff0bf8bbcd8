package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.SegmentFolder;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files go when no checkpoint that may come back names them. */
final class LeftoversTest {
  private final MemoryDisk disk = new MemoryDisk();

  @BeforeEach
  void makeFolder() throws IOException {
    folder().close();
  }

  private RunFolder folder() throws IOException {
    disk.letGoOfLocks();
    return RunFolder.open(disk, Samples.FOLDER, Samples.opening("orders"), false, CrashPoints.NONE);
  }

  private Leftovers leftovers() throws IOException {
    RunFolder folder = folder();
    return new Leftovers(disk, folder, new SegmentFolder(disk, folder.states()));
  }

  /** An epoch is decided, with one file of state and one spool. */
  private void decide(Leftovers leftovers, long epoch) throws IOException {
    files(epoch);
    folder().checkpoints().decide(Samples.full(epoch), CrashPoints.NONE);
    leftovers.tidy(Samples.full(epoch), Duration.ofSeconds(epoch).toNanos());
  }

  private void files(long epoch) throws IOException {
    Samples.put(disk, Samples.FOLDER.resolve("state/s-" + epoch + "-0-0"), new byte[1]);
    Samples.put(disk, Samples.FOLDER.resolve("spool/out-" + epoch), new byte[1]);
  }

  private List<String> names(String folder) {
    Path in = Samples.FOLDER.resolve(folder);
    return disk.paths().stream()
        .filter(path -> in.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .toList();
  }

  @Test
  void threeCheckpointsAreKeptAndFilesGoOneDecisionLater() throws IOException {
    Leftovers leftovers = leftovers();
    leftovers.begin();
    for (long epoch = 1; epoch <= 4; epoch++) {
      decide(leftovers, epoch);
    }

    assertEquals(List.of("c-2", "c-3", "c-4"), names("ck"));
    assertEquals(List.of("s-1-0-0", "s-2-0-0", "s-3-0-0", "s-4-0-0"), names("state"));
    decide(leftovers, 5);
    assertEquals(List.of("c-3", "c-4", "c-5"), names("ck"));
    assertEquals(List.of("out-2", "out-3", "out-4", "out-5"), names("spool"));
    assertEquals(List.of("s-2-0-0", "s-3-0-0", "s-4-0-0", "s-5-0-0"), names("state"));
  }

  @Test
  void shortEpochsLeaveTheLookingToALaterOneButTheLastLooks() throws IOException {
    Leftovers leftovers = leftovers();
    leftovers.begin();
    for (long epoch = 1; epoch <= 6; epoch++) {
      decideBare(leftovers, epoch, Duration.ofMillis(epoch));
    }
    assertEquals(List.of("c-1", "c-2", "c-3", "c-4", "c-5", "c-6"), names("ck"));

    decideBare(leftovers, 7, Duration.ofMillis(51));
    assertEquals(List.of("c-5", "c-6", "c-7"), names("ck"));
    decideBare(leftovers, 8, Duration.ofMillis(52));
    assertEquals(List.of("c-5", "c-6", "c-7", "c-8"), names("ck"));

    folder().checkpoints().decide(Samples.full(9), CrashPoints.NONE);
    leftovers.tidy(Samples.full(9), Duration.ofMillis(53).toNanos());
    assertEquals(List.of("c-7", "c-8", "c-9"), names("ck"));
  }

  private void decideBare(Leftovers leftovers, long epoch, Duration now) throws IOException {
    Checkpoint point = Samples.bare(epoch, Checkpoint.CONTINUOUS);
    folder().checkpoints().decide(point, CrashPoints.NONE);
    leftovers.tidy(point, now.toNanos());
  }

  @Test
  void aCheckpointThatACrashBringsBackStillHasItsFiles() throws IOException {
    Leftovers leftovers = leftovers();
    leftovers.begin();
    for (long epoch = 1; epoch <= 3; epoch++) {
      decide(leftovers, epoch);
    }
    byte[] first = Samples.content(disk, Samples.CK.resolve("c-1"));
    decide(leftovers, 4);
    Samples.put(disk, Samples.CK.resolve("c-1"), first);

    leftovers().begin();

    assertEquals(List.of("s-1-0-0", "s-2-0-0", "s-3-0-0", "s-4-0-0"), names("state"));
    assertEquals(List.of("out-1", "out-2", "out-3", "out-4"), names("spool"));
  }

  @Test
  void whatAFormerProcessHasBegunAndNotDecidedGoes() throws IOException {
    Leftovers leftovers = leftovers();
    leftovers.begin();
    decide(leftovers, 1);
    files(2);
    Samples.put(disk, Samples.CK.resolve(".c-2.tmp"), new byte[1]);

    leftovers().begin();

    assertEquals(List.of("c-1"), names("ck"));
    assertEquals(List.of("s-1-0-0"), names("state"));
    assertEquals(List.of("out-1"), names("spool"));
  }

  @Test
  void theSpoolOfAnEpochThatIsUnderWayStays() throws IOException {
    Leftovers leftovers = leftovers();
    leftovers.begin();
    Samples.put(disk, Samples.FOLDER.resolve("spool/out-2"), new byte[1]);
    Samples.put(disk, Samples.FOLDER.resolve("spool/no spool"), new byte[1]);

    decide(leftovers, 1);

    assertEquals(List.of("out-1", "out-2"), names("spool"));
  }

  @Test
  void nothingGoesAsLongAsNobodyKnowsWhatADamagedCheckpointNames() throws IOException {
    Leftovers first = leftovers();
    first.begin();
    decide(first, 1);
    decide(first, 2);
    decide(first, 3);
    Samples.put(disk, Samples.CK.resolve("c-2"), new byte[0]);

    Leftovers leftovers = leftovers();
    leftovers.begin();
    decide(leftovers, 4);

    // 3 is read behind the damaged one, and is still there to go back to.
    assertEquals(List.of("c-2", "c-3", "c-4"), names("ck"));
    assertEquals(List.of("s-1-0-0", "s-2-0-0", "s-3-0-0", "s-4-0-0"), names("state"));
    decide(leftovers, 5);
    assertEquals(List.of("out-3", "out-4", "out-5"), names("spool"));
  }

  @Test
  void aDamagedCheckpointThatIsDecidedAgainIsKnownAgain() throws IOException {
    Leftovers first = leftovers();
    first.begin();
    decide(first, 1);
    decide(first, 2);
    Samples.put(disk, Samples.CK.resolve("c-2"), new byte[0]);

    Leftovers leftovers = leftovers();
    leftovers.begin();
    Samples.put(disk, Samples.FOLDER.resolve("state/s-2-9-9"), new byte[1]);
    decide(leftovers, 2);

    assertEquals(List.of("s-1-0-0", "s-2-0-0"), names("state"));
  }
}
