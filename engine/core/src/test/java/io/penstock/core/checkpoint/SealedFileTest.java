package io.penstock.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.WatchedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small files are whole or are said to be damaged, with the place. */
final class SealedFileTest {
  private static final Path POINT = Samples.CK.resolve("c-5");
  private static final Path PLAN = Samples.CK.resolve("p-5");
  private static final Path IDENTITY = Samples.CK.resolve("IDENTITY");

  private final MemoryDisk disk = new MemoryDisk();

  /** The kinds of sealed files. */
  private enum File {
    CHECKPOINT(POINT),
    BATCH_PLAN(PLAN),
    RUN_IDENTITY(IDENTITY);

    private final Path path;

    File(Path path) {
      this.path = path;
    }
  }

  private void write() throws IOException {
    disk.createDirectories(Samples.CK);
    Checkpoints checkpoints = new Checkpoints(disk, Samples.CK);
    checkpoints.decide(Samples.full(5), CrashPoints.NONE);
    checkpoints.plan(Samples.plan(5), CrashPoints.NONE);
    Identity identity = new Identity("orders", Samples.RUN, 12, "0.1.0");
    new SealedFile(disk)
        .write(IDENTITY, Identity.KIND, identity::write, "identity", CrashPoints.NONE);
  }

  private void read(File file) throws IOException {
    Checkpoints checkpoints = new Checkpoints(disk, Samples.CK);
    switch (file) {
      case CHECKPOINT -> checkpoints.read(5);
      case BATCH_PLAN -> checkpoints.plan(5);
      case RUN_IDENTITY -> Identity.read(new SealedFile(disk).read(IDENTITY, Identity.KIND));
    }
  }

  private static String damage(Executable reading) {
    return String.valueOf(assertThrows(DamagedException.class, reading).getMessage());
  }

  @Test
  void checkpointsAreReadAsTheyWereWritten() throws IOException {
    write();

    Checkpoint read = new Checkpoints(disk, Samples.CK).read(5);

    assertArrayEquals(Samples.bytes(Samples.full(5)), Samples.bytes(read));
    assertEquals(Samples.full(5).stages(), read.stages());
    assertEquals(Samples.full(5).sources(), read.sources());
    assertEquals(Samples.full(5).sinks(), read.sinks());
  }

  @Test
  void plansAndCheckpointsWithNothingInThemAreReadAsTheyWereWritten() throws IOException {
    write();
    Checkpoints checkpoints = new Checkpoints(disk, Samples.CK);
    checkpoints.decide(Samples.bare(6, Checkpoint.MICRO_BATCH), CrashPoints.NONE);

    assertEquals(Samples.plan(5), checkpoints.plan(5));
    assertArrayEquals(
        Samples.bytes(Samples.bare(6, Checkpoint.MICRO_BATCH)), Samples.bytes(checkpoints.read(6)));
  }

  @ParameterizedTest
  @EnumSource
  void everyFlippedBitIsFoundAndNamed(File file) throws IOException {
    write();
    byte[] whole = Samples.content(disk, file.path);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Samples.put(disk, file.path, flipped);

      String message = damage(() -> read(file));

      assertTrue(message.contains("`" + file.path.getFileName() + "`"), message);
      assertTrue(message.contains(" at byte "), message);
      assertTrue(message.contains(", but ") || message.contains(", not "), message);
    }
    Samples.put(disk, file.path, whole);
    read(file);
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncationIsFoundWithBothLengths(File file) throws IOException {
    write();
    byte[] whole = Samples.content(disk, file.path);
    for (int length = 0; length < whole.length; length++) {
      Samples.put(disk, file.path, Arrays.copyOf(whole, length));

      String message = damage(() -> read(file));

      assertTrue(
          message.startsWith("`" + file.path.getFileName() + "` has " + length + " bytes, not "),
          message);
    }
    Samples.put(disk, file.path, Arrays.copyOf(whole, whole.length + 1));
    assertTrue(damage(() -> read(file)).contains(", not " + whole.length));
  }

  @Test
  void oneKindOfFileIsNotTakenForAnother() throws IOException {
    write();
    Samples.put(disk, POINT, Samples.content(disk, PLAN));

    assertEquals(
        "`c-5` is no file of this kind: at byte 8 stands 50, not 43",
        damage(() -> read(File.CHECKPOINT)));
  }

  @Test
  void aFileOfSomethingElseIsRefusedThoughItsChecksumsAreRight() throws IOException {
    byte[] body = Samples.bytes(Samples.full(5));
    Samples.put(disk, POINT, Samples.sealed("TOADSTOL", Codec.CHECKPOINT, 1, body));

    assertEquals(
        "`c-5` is no file of this kind: it does not begin with the mark at byte 0",
        damage(() -> read(File.CHECKPOINT)));
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() throws IOException {
    byte[] body = Samples.bytes(Samples.full(5));
    Samples.put(disk, POINT, Samples.sealed("PENSTOCK", Codec.CHECKPOINT, 5, body));

    IOException e = assertThrows(NewerFormatException.class, () -> read(File.CHECKPOINT));
    PipelineException told = StateProblems.of("orders", e);

    assertEquals(ProblemCode.R108, told.problem().code());
    assertEquals(
        "the kept state is in format 5, and this version reads up to 4", told.problem().message());
  }

  @Test
  void problemsTellDamageFromADiskThatDoesNotWork() throws IOException {
    write();
    Samples.put(disk, POINT, new byte[0]);
    IOException damage = assertThrows(DamagedException.class, () -> read(File.CHECKPOINT));

    PipelineException damaged = StateProblems.of("orders", damage);
    PipelineException broken = StateProblems.of("orders", new IOException("input/output error"));

    assertEquals(ProblemCode.R103, damaged.problem().code());
    assertTrue(damaged.problem().message().contains("`c-5` has 0 bytes, not "));
    assertEquals(ProblemCode.R109, broken.problem().code());
    assertTrue(broken.problem().message().endsWith(": input/output error"));
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsDamaged() throws IOException {
    write();
    Disk shrinking = new Shrinking(disk);

    String message = damage(() -> new SealedFile(shrinking).read(POINT, Codec.CHECKPOINT));

    assertTrue(message.startsWith("`c-5` ends at byte 0, not "), message);
  }

  @Test
  void aNameThatStandsTwiceIsDamage() throws IOException {
    byte[] body =
        Samples.written(
            to -> {
              to.number(5);
              to.number(0);
              to.flag(false);
              to.number(0);
              to.number(0);
              to.number(2);
              for (int i = 0; i < 2; i++) {
                to.text("orders");
                to.number(0);
              }
            });
    Samples.put(disk, PLAN, Samples.sealed("PENSTOCK", Codec.PLAN, 1, body));

    assertEquals("`orders` stands twice", damage(() -> read(File.BATCH_PLAN)));
  }

  @Test
  void aFileUnderAnotherNumberIsDamage() throws IOException {
    write();
    Samples.put(disk, Samples.CK.resolve("c-6"), Samples.content(disk, POINT));
    Samples.put(disk, Samples.CK.resolve("p-6"), Samples.content(disk, PLAN));
    Checkpoints checkpoints = new Checkpoints(disk, Samples.CK);

    assertEquals("`c-6` is the checkpoint of 5", damage(() -> checkpoints.read(6)));
    assertEquals("`p-6` is the plan of 5", damage(() -> checkpoints.plan(6)));
  }

  @Test
  void theFileIsDurableBeforeItsNameAndTheNameBeforeItCounts() throws IOException {
    List<String> changes = new ArrayList<>();
    disk.createDirectories(Samples.CK);
    Disk watched =
        new WatchedDisk(disk, (change, path) -> changes.add(change + " " + path.getFileName()));

    new Checkpoints(watched, Samples.CK).decide(Samples.full(5), changes::add);

    assertEquals(
        List.of(
            "CREATE .c-5.tmp",
            "checkpoint.created",
            "WRITE .c-5.tmp",
            "checkpoint.written",
            "FORCE .c-5.tmp",
            "checkpoint.forced",
            "RENAME c-5",
            "checkpoint.renamed",
            "FORCE_DIRECTORY ck",
            "checkpoint.durable"),
        changes);
  }
}
