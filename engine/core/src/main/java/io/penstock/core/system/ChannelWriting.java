package io.penstock.core.system;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes at the end of a channel. While bytes go to the disk in the background, more may come. */
final class ChannelWriting implements Disk.Writing {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path path;
  private final FileChannel channel;
  private final Handles handles;
  private final Scheduler scheduler;
  private long length;
  private Optional<Scheduler.Handle> writingBack = Optional.empty();
  private volatile boolean isWritingBack;
  private volatile @Nullable IOException failed;

  ChannelWriting(
      Path path, FileChannel channel, long length, Handles handles, Scheduler scheduler) {
    this.path = path;
    this.channel = channel;
    this.handles = handles;
    this.length = length;
    this.scheduler = scheduler;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    try {
      while (buffer.hasRemaining()) {
        length += channel.write(buffer);
      }
    } catch (IOException e) {
      throw Said.by(e, path);
    }
  }

  @Override
  public long length() {
    return length;
  }

  // A disk that is slower than whoever writes is not waited for: the system itself slows down who
  // writes more than it can hold.
  @Override
  public void writeBack() throws IOException {
    if (isWritingBack) {
      return;
    }
    await();
    isWritingBack = true;
    writingBack =
        Optional.of(
            scheduler.start(
                "penstock-write-back",
                () -> {
                  try {
                    channel.force(false);
                  } catch (IOException e) {
                    failed = e;
                  } finally {
                    isWritingBack = false;
                  }
                }));
  }

  /** Waits for the bytes that are on their way. The system tells a failure once, so it is kept. */
  private void await() throws IOException {
    if (writingBack.isPresent()) {
      ended(writingBack.get());
      writingBack = Optional.empty();
    }
    IOException why = failed;
    if (why != null) {
      throw Said.by(new IOException(why.getMessage(), why), path);
    }
  }

  private static void ended(Scheduler.Handle handle) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = handle.await(LOOK);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void force() throws IOException {
    await();
    try {
      channel.force(true);
    } catch (IOException e) {
      throw Said.by(e, path);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      await();
    } finally {
      if (channel.isOpen()) {
        handles.closed();
      }
      channel.close();
    }
  }
}
