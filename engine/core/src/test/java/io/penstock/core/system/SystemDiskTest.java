package io.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Disk;
import io.penstock.api.system.NoSpaceException;
import io.penstock.api.system.TooManyFilesException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine says of its files, in the words of the engine. */
final class SystemDiskTest {
  private final SystemDisk disk = new SystemDisk(new SystemScheduler());

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void knowsTheFolder() throws IOException {
    folder = temporary.toRealPath();
    Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(folder.resolve("out"));
  }

  @Test
  void aLinkToWhatIsNotThereYetLeadsWhereItSays() throws IOException {
    Files.createSymbolicLink(folder.resolve("in/a"), Path.of("../out/b"));
    Files.createSymbolicLink(folder.resolve("in/c"), folder.resolve("in/a"));

    assertEquals(folder.resolve("out/b"), disk.real(folder.resolve("in/a")));
    assertEquals(folder.resolve("out/b"), disk.real(folder.resolve("in/c")));
    assertEquals(folder.resolve("out/b/d/e"), disk.real(folder.resolve("in/c/d/e")));
    assertEquals(folder.resolve("in/f/g"), disk.real(folder.resolve("in/f/g")));
  }

  @Test
  void linksThatLeadToEachOtherEndSomewhere() throws IOException {
    Files.createSymbolicLink(folder.resolve("in/a"), folder.resolve("in/b"));
    Files.createSymbolicLink(folder.resolve("in/b"), folder.resolve("in/a"));

    assertThrows(IOException.class, () -> disk.real(folder.resolve("in/a")));
  }

  @Test
  void aLinkOutOfTheCageIsRefusedThoughNothingIsThereYet() throws IOException {
    Path cage = folder.resolve("in");
    Files.createSymbolicLink(cage.resolve("a"), folder.resolve("out/b"));
    CagedFiles files = new CagedFiles(disk, cage, Optional.of(cage), Origin.file("p.yaml"));

    PipelineException refused = assertThrows(PipelineException.class, () -> files.resolve("a"));

    assertEquals(ProblemCode.R207, refused.problem().code());
  }

  @Test
  void whoMayReadAFileIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "x");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(disk.everybodyMayRead(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertFalse(disk.everybodyMayRead(file));
  }

  @Test
  void foldersOfOneDiskAreOfOneFileSystem() throws IOException {
    assertTrue(disk.isOneFileSystem(folder.resolve("in"), folder.resolve("out")));
  }

  @Test
  void aFileIsCountedWhileItIsOpen() throws IOException {
    int before = disk.spareHandles();
    assertTrue(before > 0);

    Disk.Writing writing = disk.create(folder.resolve("a"));
    Disk.Reading reading = disk.read(folder.resolve("a"));

    assertEquals(before == Integer.MAX_VALUE ? before : before - 2, disk.spareHandles());
    writing.close();
    writing.close();
    reading.close();
    disk.forceDirectory(folder);
    assertEquals(before, disk.spareHandles());
  }

  @Test
  void errorsThatOthersActUponHaveNames() {
    String full = "No space left on device";
    assertInstanceOf(NoSpaceException.class, Said.by(new IOException(full)));
    assertInstanceOf(NoSpaceException.class, Said.by(new FileSystemException("/a", null, full)));
    assertInstanceOf(NoSpaceException.class, Said.by(new IOException("Disk quota exceeded")));
    assertInstanceOf(
        TooManyFilesException.class,
        Said.by(new FileSystemException("/a", null, "Too many open files in system")));
    IOException other = new FileSystemException("/a", null, "Read-only file system");
    assertSame(other, Said.by(other));
  }

  @Test
  void anErrorOfAnOpenFileTellsWhichFile() {
    IOException told = Said.by(new IOException("Read-only file system"), Path.of("/a/b"));

    assertEquals("/a/b: Read-only file system", told.getMessage());
    assertInstanceOf(
        NoSpaceException.class, Said.by(new IOException("No space left on device"), Path.of("/a")));
  }
}
