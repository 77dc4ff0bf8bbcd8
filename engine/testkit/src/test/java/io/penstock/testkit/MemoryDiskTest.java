package io.penstock.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The disk in memory refuses what a real one refuses. */
final class MemoryDiskTest {
  private static final Path FILE = Path.of("/srv/a.txt");

  private final MemoryDisk disk = new MemoryDisk().with(FILE, "abc");

  @Test
  void aFileThatIsClosedIsNotWrittenAnyMore() throws IOException {
    Disk.Writing writing = disk.append(FILE, 2);
    writing.write(new byte[] {'x'}, 0, 1);
    writing.close();
    writing.close();

    assertThrows(ClosedChannelException.class, () -> writing.write(new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, writing::force);
    assertEquals(3, writing.length());
    assertEquals(Optional.of("abx"), disk.text(FILE));
  }

  @Test
  void aFileThatIsClosedIsNotReadAnyMore() throws IOException {
    Disk.Reading reading = disk.read(FILE);
    byte[] bytes = new byte[3];
    assertEquals(3, reading.read(0, bytes, 0, 3));
    reading.close();
    reading.close();

    assertThrows(ClosedChannelException.class, () -> reading.read(0, bytes, 0, 3));
    assertThrows(ClosedChannelException.class, reading::length);
  }
}
