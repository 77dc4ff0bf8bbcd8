package io.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelWritingTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir private Path folder;

  private final ByHand threads = new ByHand();

  /** Threads whose work is done when somebody waits for it. */
  private static final class ByHand implements Scheduler {
    private final ArrayDeque<Runnable> begun = new ArrayDeque<>();
    private int started;

    @Override
    public Handle start(String name, Runnable work) {
      begun.add(work);
      started++;
      return atMost -> {
        goOn();
        return true;
      };
    }

    void goOn() {
      while (!begun.isEmpty()) {
        begun.remove().run();
      }
    }

    @Override
    public void sleep(Duration duration) {
      throw new IllegalStateException("nothing sleeps");
    }
  }

  private Disk.Writing file() throws IOException {
    return new SystemDisk(threads).create(folder.resolve("a"));
  }

  @Test
  void whoWritesDoesNotWaitForADiskThatIsBehind() throws IOException {
    try (Disk.Writing file = file()) {
      file.write(BYTES, 0, 3);
      file.writeBack();
      file.write(BYTES, 0, 3);
      file.writeBack();
      file.write(BYTES, 0, 3);

      assertEquals(1, threads.started);
      assertEquals(1, threads.begun.size());
    }
  }

  @Test
  void writesBackAgainOnceTheDiskHasCaughtUp() throws IOException {
    try (Disk.Writing file = file()) {
      file.write(BYTES, 0, 3);
      file.writeBack();
      threads.goOn();
      file.writeBack();

      assertEquals(2, threads.started);
    }
  }

  @Test
  void aForceComesAfterWhatIsUnderWay() throws IOException {
    try (Disk.Writing file = file()) {
      file.write(BYTES, 0, 3);
      file.writeBack();

      file.force();

      assertEquals(0, threads.begun.size());
    }
    assertEquals(3, Files.size(folder.resolve("a")));
  }

  @Test
  void aWriteBackThatFailsIsToldByTheNextForce() throws IOException {
    Disk.Writing file = file();
    file.writeBack();
    file.close();
    Disk.Writing closed = file();
    closed.close();

    closed.writeBack();

    IOException told = assertThrows(IOException.class, closed::force);
    assertInstanceOf(ClosedChannelException.class, told.getCause());
  }
}
