package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.system.SystemDisk;
import io.penstock.core.system.SystemScheduler;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of state is one run's, and held by one process at a time. */
final class RunFolderTest {
  private static final Path IDENTITY = Samples.FOLDER.resolve("IDENTITY");

  private final MemoryDisk disk = new MemoryDisk();

  /** What ends a process in a test. */
  private static final class Killed extends ThreadDeath {
    private static final long serialVersionUID = 1L;
  }

  private static RunFolder open(Disk disk, String pipeline, boolean fresh) throws IOException {
    return RunFolder.open(disk, Samples.FOLDER, Samples.opening(pipeline), fresh, CrashPoints.NONE);
  }

  private Problem refused() {
    return assertThrows(PipelineException.class, () -> open(disk, "orders", false)).problem();
  }

  private void decided() throws IOException {
    try (RunFolder folder = open(disk, "orders", false)) {
      folder.checkpoints().decide(Samples.full(1), CrashPoints.NONE);
      folder.checkpoints().plan(Samples.plan(2), CrashPoints.NONE);
    }
    Samples.put(disk, Samples.FOLDER.resolve("state/s-1-0-0"), new byte[1]);
    Samples.put(disk, Samples.FOLDER.resolve("spool/out-1"), new byte[1]);
  }

  @Test
  void theRunKeepsItsNameOverStarts() throws IOException {
    Identity first;
    try (RunFolder folder = open(disk, "orders", false)) {
      first = folder.identity();
    }
    RunFolder.Opening later = new RunFolder.Opening("orders", "other", "process 8", 2, "0.2.0");

    try (RunFolder folder = RunFolder.open(disk, Samples.FOLDER, later, false, CrashPoints.NONE)) {
      assertEquals(first, folder.identity());
      assertEquals(new Identity("orders", Samples.RUN, 1_000_000, "0.1.0"), first);
      assertEquals(Samples.FOLDER, folder.path());
      assertEquals(Samples.FOLDER.resolve("spill"), folder.spills());
      assertEquals(Samples.FOLDER.resolve("spool"), folder.spools());
      assertEquals(Samples.FOLDER.resolve("state"), folder.states());
    }
  }

  @Test
  void theSecondOpeningIsRefusedAndNamesTheFirst() throws IOException {
    RunFolder first = open(disk, "orders", false);

    Problem problem = refused();

    assertEquals(ProblemCode.R101, problem.code());
    assertEquals(
        "`orders` runs already, as process 7, with the state in `" + Samples.FOLDER + "`",
        problem.message());
    first.close();
    open(disk, "orders", false).close();
  }

  @Test
  void theSecondOpeningIsRefusedThoughTheFirstHasNotSaidWhoItIs() throws IOException {
    disk.createDirectories(Samples.FOLDER);
    Disk.Lock lock = disk.lock(Samples.FOLDER.resolve("LOCK")).orElseThrow();

    assertTrue(refused().message().startsWith("`orders` runs already, as another process, "));
    lock.close();
  }

  @Test
  void aSecondOpeningInOneProcessDoesNotLetAnotherProcessIn(@TempDir Path folder) throws Exception {
    SystemDisk machine = new SystemDisk(new SystemScheduler());
    RunFolder.Opening who = Samples.opening("orders");
    Path state = folder.resolve("orders");
    try (RunFolder held = RunFolder.open(machine, state, who, false, CrashPoints.NONE)) {
      PipelineException here =
          assertThrows(
              PipelineException.class,
              () -> RunFolder.open(machine, state, who, false, CrashPoints.NONE));

      assertEquals(ProblemCode.R101, here.problem().code());
      assertEquals("R101", openedElsewhere(state), held.path().toString());
    }
    assertEquals("opened", openedElsewhere(state));
  }

  private static String openedElsewhere(Path folder) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(other.getInputStream().readAllBytes(), "UTF-8").strip();
      assertEquals(0, other.waitFor(), said);
      return said;
    } finally {
      other.destroyForcibly();
    }
  }

  /** Another process that opens a folder. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) throws IOException {
      RunFolder.Opening who = Samples.opening("orders");
      SystemDisk machine = new SystemDisk(new SystemScheduler());
      try (RunFolder folder =
          RunFolder.open(machine, Path.of(arguments[0]), who, false, CrashPoints.NONE)) {
        System.out.println(folder.identity().run().equals(Samples.RUN) ? "opened" : "other");
      } catch (PipelineException e) {
        System.out.println(e.problem().code());
      }
    }
  }

  @Test
  void checkpointsWithoutAnIdentityAreRefused() throws IOException {
    decided();
    disk.delete(IDENTITY);

    Problem problem = refused();

    assertEquals(ProblemCode.R102, problem.code());
    assertTrue(problem.message().endsWith("has checkpoints but no file `IDENTITY`"));
  }

  @Test
  void aDamagedIdentityIsRefusedAndTheFolderIsFreeAgain() throws IOException {
    decided();
    byte[] whole = Samples.content(disk, IDENTITY);
    Samples.put(disk, IDENTITY, new byte[0]);

    Problem problem = refused();

    assertEquals(ProblemCode.R102, problem.code());
    assertTrue(problem.message().contains("`IDENTITY` has 0 bytes, not at least 40"));
    Samples.put(disk, IDENTITY, whole);
    open(disk, "orders", false).close();
  }

  @Test
  void anIdentityOfANewerFormatIsRefused() throws IOException {
    decided();
    Samples.put(disk, IDENTITY, Samples.sealed("PENSTOCK", Identity.KIND, 9, new byte[0]));

    Problem problem = refused();

    assertEquals(ProblemCode.R108, problem.code());
    assertEquals(
        "the kept state is in format 9, and this version reads up to 4", problem.message());
  }

  @Test
  void theFolderOfAnotherPipelineIsRefused() throws IOException {
    open(disk, "clicks", false).close();

    Problem problem = refused();

    assertEquals(ProblemCode.R102, problem.code());
    assertTrue(problem.message().endsWith("belongs to the pipeline `clicks`"));
  }

  @Test
  void freshBeginsAnewWhoeverItWas() throws IOException {
    decided();
    Samples.put(disk, IDENTITY, new byte[0]);

    try (RunFolder folder = open(disk, "clicks", true)) {
      assertEquals("clicks", folder.identity().pipeline());
      assertTrue(folder.checkpoints().epochs().isEmpty());
      assertTrue(folder.checkpoints().plans().isEmpty());
    }
    assertEquals(
        List.of("IDENTITY", "OWNER"),
        disk.paths().stream().map(path -> path.getFileName().toString()).toList());
  }

  @Test
  void freshIsNothingWhereNothingIs() throws IOException {
    try (RunFolder folder = open(disk, "orders", true)) {
      assertTrue(folder.checkpoints().epochs().isEmpty());
      assertEquals("orders", folder.identity().pipeline());
    }
  }

  @Test
  void freshThatWasInterruptedAnywhereIsEndedByTheNextStart() throws IOException {
    int changes = changesOfFresh(Integer.MAX_VALUE);
    assertTrue(changes > 10, "fresh changes the disk " + changes + " times");
    for (int kill = 0; kill < changes; kill++) {
      for (Path path : disk.paths()) {
        disk.delete(path);
      }
      decided();
      int reached = changesOfFresh(kill);
      disk.letGoOfLocks();
      boolean begun = disk.entry(Samples.FOLDER.resolve("EMPTYING")).isPresent();

      try (RunFolder folder = open(disk, "orders", false)) {
        boolean old = !folder.checkpoints().epochs().isEmpty();
        boolean file = disk.entry(Samples.FOLDER.resolve("state/s-1-0-0")).isPresent();
        assertEquals(old, file, "killed at " + kill + " of " + reached);
        assertEquals(old, folder.checkpoints().plans().contains(2L), "killed at " + kill);
        assertTrue(!begun || !old, "killed at " + kill);
      }
      assertEquals(
          Optional.empty(), disk.entry(Samples.FOLDER.resolve("EMPTYING")), "killed at " + kill);
    }
  }

  private int changesOfFresh(int kill) throws IOException {
    if (kill == Integer.MAX_VALUE) {
      decided();
    }
    int[] seen = {0};
    Disk watched =
        new WatchedDisk(
            disk,
            (change, path) -> {
              if (seen[0]++ == kill) {
                throw new Killed();
              }
            });
    try {
      open(watched, "orders", true).close();
    } catch (Killed e) {
      assertEquals(kill + 1, seen[0]);
    }
    return seen[0];
  }

  @Test
  void freshGivesTheRunAnotherName() throws IOException {
    decided();
    RunFolder.Opening later = new RunFolder.Opening("orders", "other", "process 8", 2, "0.2.0");

    try (RunFolder folder = RunFolder.open(disk, Samples.FOLDER, later, true, CrashPoints.NONE)) {
      assertNotEquals(Samples.RUN, folder.identity().run());
    }
  }

  @Test
  void temporaryAndSpilledFilesOfAFormerProcessGo() throws IOException {
    decided();
    Samples.put(disk, Samples.FOLDER.resolve(".IDENTITY.tmp"), new byte[1]);
    Samples.put(disk, Samples.FOLDER.resolve("spill/sorted-1"), new byte[1]);

    open(disk, "orders", false).close();

    List<String> left = disk.paths().stream().map(path -> path.getFileName().toString()).toList();
    assertEquals(List.of("IDENTITY", "OWNER", "c-1", "p-2", "out-1", "s-1-0-0"), left);
  }

  @Test
  void theNamesThatAreFoundAreMadeDurableUpToTheRoot() throws IOException {
    List<Path> forced = new ArrayList<>();
    open(disk, "orders", false).close();
    Disk watched = new WatchedDisk(disk, (change, path) -> forced.add(path));

    open(watched, "orders", false).close();

    Path parent = Path.of("/srv/.penstock");
    assertEquals(
        List.of(Samples.CK, Samples.FOLDER, parent, Path.of("/srv"), Path.of("/")),
        forced.stream().filter(path -> !path.endsWith("OWNER")).toList());
  }

  @Test
  void foldersThatMayNotBeOpenedAreLeftAlone() throws IOException {
    List<Path> forced = new ArrayList<>();
    Disk closed =
        new WatchedDisk(
            disk,
            (change, path) -> {
              forced.add(path);
              if (path.equals(Path.of("/srv"))) {
                throw new AccessDeniedException("/srv");
              }
            });

    open(closed, "orders", false).close();

    assertTrue(forced.contains(Path.of("/srv")));
    assertFalse(forced.contains(Path.of("/")));
  }

  @Test
  void aDiskThatFailsLeavesTheFolderFree() throws IOException {
    Disk broken =
        new WatchedDisk(
            disk,
            (change, path) -> {
              throw new IOException("input/output error");
            });

    assertThrows(IOException.class, () -> open(broken, "orders", false));
    open(disk, "orders", false).close();
  }
}
