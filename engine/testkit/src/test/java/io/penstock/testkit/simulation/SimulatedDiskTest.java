package io.penstock.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What may be there after the power was gone, and what must. */
final class SimulatedDiskTest {
  private static final Path FOLDER = Path.of("/data");
  private static final Path A = FOLDER.resolve("a");
  private static final Path B = FOLDER.resolve("b");
  private static final int SEEDS = 400;

  private final Power power = new Power(new EventLog(true));

  /** What a process does before the power goes. */
  private interface Work {
    void on(Disk disk) throws IOException;
  }

  private SimulatedDisk disk(SimulatedDisk.Names names, Fault... faults) {
    Power own = new Power(new EventLog(false));
    own.start(List.of(faults));
    return new SimulatedDisk(own, new SimulatedClock(0, new Random(1)), names);
  }

  private static void write(Disk disk, Path path, String text, boolean force) throws IOException {
    try (Disk.Writing writing = disk.create(path)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      writing.write(bytes, 0, bytes.length);
      if (force) {
        writing.force();
      }
    }
  }

  private static String text(SimulatedDisk disk, Path path) {
    return disk.seen(path)
        .map(b -> new String(b, StandardCharsets.UTF_8).replace('\0', '0'))
        .orElse("none");
  }

  /** All that may be seen afterwards: for each file of the folder its text. */
  private Set<String> images(SimulatedDisk.Names names, Work work) throws IOException {
    Set<String> images = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = disk(names);
      disk.put(FOLDER.resolve("old"), new byte[0]);
      work.on(disk);
      disk.powerLoss(Chance.of(seed, 0));
      images.add(
          disk.seenNames(FOLDER).stream()
              .filter(name -> !name.equals("old"))
              .map(name -> name + "=" + text(disk, FOLDER.resolve(name)))
              .collect(Collectors.joining(" ")));
    }
    return images;
  }

  @Test
  void whatWasForcedWithItsNameStays() throws IOException {
    Set<String> images =
        images(
            SimulatedDisk.Names.WEAK,
            disk -> {
              write(disk, A, "abc", true);
              disk.forceDirectory(FOLDER);
            });
    assertEquals(Set.of("a=abc"), images);
  }

  @Test
  void aNameThatWasNotForcedMayBeGone() throws IOException {
    assertEquals(
        Set.of("", "a=abc"), images(SimulatedDisk.Names.WEAK, disk -> write(disk, A, "abc", true)));
  }

  @Test
  void bytesThatWereNotForcedAreOldOrNewOrCutOrZero() throws IOException {
    String sector = "x".repeat(SimulatedFile.SECTOR);
    Set<String> images =
        images(
            SimulatedDisk.Names.WEAK,
            disk -> {
              write(disk, A, sector + "yz", false);
              disk.forceDirectory(FOLDER);
            });
    assertTrue(images.contains("a="));
    assertTrue(images.contains("a=" + sector + "yz"));
    assertTrue(images.contains("a=xxx"));
    assertTrue(images.contains("a=" + sector + "00"));
    assertTrue(images.contains("a=" + "0".repeat(SimulatedFile.SECTOR) + "yz"));
    assertTrue(
        images.stream().allMatch(i -> i.matches("a=[x0]{0,32}(y|yz|00|)")), images::toString);
  }

  @Test
  void whatIsWrittenOnDoesNotTouchWhatWasForced() throws IOException {
    Set<String> images =
        images(
            SimulatedDisk.Names.WEAK,
            disk -> {
              write(disk, A, "abc", true);
              disk.forceDirectory(FOLDER);
              try (Disk.Writing more = disk.append(A, 3)) {
                more.write("de".getBytes(StandardCharsets.UTF_8), 0, 2);
              }
            });
    assertEquals(Set.of("a=abc", "a=abcd", "a=abcde", "a=abc00"), images);
  }

  @Test
  void namesMayChangeInAnyOrderOnAWeakDisk() throws IOException {
    Work work =
        disk -> {
          write(disk, A, "1", true);
          write(disk, B, "2", true);
          disk.delete(A);
        };
    assertEquals(Set.of("", "a=1", "b=2", "a=1 b=2"), images(SimulatedDisk.Names.WEAK, work));
    assertEquals(Set.of("", "a=1", "a=1 b=2", "b=2"), images(SimulatedDisk.Names.ORDERED, work));
    Work renames =
        disk -> {
          write(disk, A, "1", true);
          disk.forceDirectory(FOLDER);
          disk.rename(A, B);
          write(disk, A, "3", true);
        };
    assertEquals(Set.of("a=1", "b=1", "a=3 b=1", "a=3"), images(SimulatedDisk.Names.WEAK, renames));
    assertEquals(Set.of("a=1", "b=1", "a=3 b=1"), images(SimulatedDisk.Names.ORDERED, renames));
  }

  @Test
  void aRenameHappensWholeOrNotAtAll() throws IOException {
    Set<String> images =
        images(
            SimulatedDisk.Names.WEAK,
            disk -> {
              write(disk, A, "new", true);
              write(disk, B, "old", true);
              disk.forceDirectory(FOLDER);
              disk.rename(A, B);
            });
    assertEquals(Set.of("a=new b=old", "b=new"), images);
  }

  @Test
  void aFolderThatWasNotForcedMayTakeItsFilesWithIt() throws IOException {
    Path sub = FOLDER.resolve("sub");
    Path below = sub.resolve("a");
    Set<Boolean> there = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = disk(SimulatedDisk.Names.ORDERED);
      disk.put(FOLDER.resolve("old"), new byte[0]);
      disk.createDirectories(sub);
      write(disk, below, "abc", true);
      disk.forceDirectory(sub);
      disk.powerLoss(Chance.of(seed, 0));
      there.add(disk.seen(below).isPresent());
    }
    assertEquals(Set.of(false, true), there);
  }

  @Test
  void whatAKilledProcessHasWrittenStays() throws IOException {
    SimulatedDisk disk = disk(SimulatedDisk.Names.WEAK);
    disk.put(FOLDER.resolve("old"), new byte[0]);
    write(disk, A, "abc", false);
    Optional<Disk.Lock> lock = disk.lock(FOLDER.resolve("LOCK"));
    assertTrue(lock.isPresent());
    assertTrue(disk.lock(FOLDER.resolve("LOCK")).isEmpty());
    disk.processEnds();
    assertEquals("abc", text(disk, A));
    assertTrue(disk.lock(FOLDER.resolve("LOCK")).isPresent());
  }

  @Test
  void aForceThatFailedHasLostTheBytesForGood() throws IOException {
    SimulatedDisk disk = disk(SimulatedDisk.Names.WEAK, new Fault(0, 0, Fault.Kind.FORCE_FAILS, 0));
    disk.put(A, new byte[0]);
    try (Disk.Writing writing = disk.create(A)) {
      writing.write("abc".getBytes(StandardCharsets.UTF_8), 0, 3);
      assertThrows(IOException.class, writing::force);
      writing.force();
      writing.write("d".getBytes(StandardCharsets.UTF_8), 0, 1);
      writing.force();
    }
    assertEquals("abcd", text(disk, A));
    disk.powerLoss(Chance.of(1, 0));
    assertEquals("000d", text(disk, A));
  }

  @Test
  void aShortWriteIsGoneOnWith() throws IOException {
    SimulatedDisk disk = disk(SimulatedDisk.Names.WEAK, new Fault(0, 0, Fault.Kind.SHORT_WRITE, 4));
    disk.put(A, new byte[0]);
    write(disk, A, "abcdefgh", false);
    assertEquals("abcdefgh", text(disk, A));
  }

  @Test
  void aFullDiskTakesAPartAndHasRoomLater() throws IOException {
    SimulatedDisk disk = disk(SimulatedDisk.Names.WEAK, new Fault(0, 0, Fault.Kind.NO_ROOM, 1));
    disk.put(A, new byte[0]);
    assertThrows(IOException.class, () -> write(disk, A, "abcdefgh", true));
    assertEquals("abcd", text(disk, A));
    assertThrows(IOException.class, () -> write(disk, A, "abcdefgh", true));
    write(disk, A, "abcdefgh", true);
    assertEquals("abcdefgh", text(disk, A));
  }

  @Test
  void nothingHasAnEffectOnceThePowerIsGone() throws IOException {
    power.start(List.of(new Fault(0, 3, Fault.Kind.POWER_LOSS, 0)));
    SimulatedDisk disk =
        new SimulatedDisk(power, new SimulatedClock(0, new Random(1)), SimulatedDisk.Names.WEAK);
    disk.put(A, new byte[0]);
    disk.put(B, new byte[0]);
    write(disk, A, "abc", true);
    assertThrows(Crash.class, () -> disk.delete(A));
    assertThrows(Crash.class, () -> disk.delete(B));
    assertThrows(Crash.class, () -> disk.read(B));
    assertTrue(power.isOut() && power.isLost());
    assertEquals(List.of("a", "b"), disk.seenNames(FOLDER));
  }

  @Test
  void theSameSeedGivesTheSameImage() throws IOException {
    assertEquals(image(7), image(7));
    assertFalse(image(7).equals(image(8)) && image(8).equals(image(9)));
  }

  private String image(int seed) throws IOException {
    SimulatedDisk disk = disk(SimulatedDisk.Names.WEAK);
    disk.put(FOLDER.resolve("old"), new byte[0]);
    for (int i = 0; i < 9; i++) {
      write(disk, FOLDER.resolve("f" + i), "some text " + i, i % 2 == 0);
    }
    disk.powerLoss(Chance.of(seed, 0));
    return disk.seenNames(FOLDER) + text(disk, FOLDER.resolve("f3"));
  }
}
