package io.penstock.dsl.launcher.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VolatileDiskTest {
  private static final Path FILE = Path.of("/a/b/file");

  private final VolatileDisk disk = new VolatileDisk();

  private void write(Path path, String text) throws IOException {
    disk.createDirectories(path.resolveSibling(""));
    try (Disk.Writing writing = disk.create(path)) {
      writing.write(text.getBytes(), 0, text.length());
    }
  }

  private String text(Path path) throws IOException {
    try (Disk.Reading reading = disk.read(path)) {
      byte[] bytes = new byte[(int) reading.length()];
      int unused = reading.read(0, bytes, 0, bytes.length);
      return new String(bytes);
    }
  }

  @Test
  void keepsWhatIsWrittenAndCutsWhatIsWrittenOn() throws IOException {
    write(FILE, "one two");
    try (Disk.Writing writing = disk.append(FILE, 4)) {
      writing.write("three".getBytes(), 0, 5);
      assertEquals(9, writing.length());
    }

    assertEquals("one three", text(FILE));
  }

  @Test
  void renamesOverWhatIsThere() throws IOException {
    write(FILE, "old");
    write(Path.of("/a/b/new"), "new");
    disk.rename(Path.of("/a/b/new"), FILE);

    assertEquals("new", text(FILE));
    assertEquals(List.of(FILE), disk.list(Path.of("/a/b")).stream().map(Disk.Entry::path).toList());
  }

  @Test
  void listsFilesAndFoldersOfOneFolderOnly() throws IOException {
    write(FILE, "x");

    assertEquals(Disk.Entry.Kind.DIRECTORY, disk.list(Path.of("/a")).get(0).kind());
    assertEquals(Optional.empty(), disk.entry(Path.of("/a/c")));
    assertEquals(List.of(), disk.list(Path.of("/c")));
  }

  @Test
  void knowsNoFileThatWasNotMade() {
    assertThrows(NoSuchFileException.class, () -> disk.read(FILE));
    assertThrows(NoSuchFileException.class, () -> disk.create(FILE));
  }

  @Test
  void readsAtAnyPosition() throws IOException {
    write(FILE, "abc");
    byte[] into = new byte[4];
    try (Disk.Reading reading = disk.read(FILE)) {
      assertEquals(2, reading.read(1, into, 1, 3));
      assertEquals(-1, reading.read(3, into, 0, 1));
    }

    assertArrayEquals(new byte[] {0, 'b', 'c', 0}, into);
  }

  @Test
  void locksUntilTheProcessIsGone() throws IOException {
    Optional<Disk.Lock> first = disk.lock(FILE);

    assertTrue(first.isPresent());
    assertTrue(disk.lock(FILE).isEmpty());
    first.get().close();
    assertTrue(disk.lock(FILE).isPresent());
    disk.processGone();
    assertTrue(disk.lock(FILE).isPresent());
  }
}
