package io.penstock.core.system;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The machine's files. The one class that may name {@link Files}. A process that takes locks has
 * one instance: closing any handle of a file lets go of all locks that the process has of it, so
 * the instance never opens a file whose lock it holds.
 */
public final class SystemDisk implements Disk {
  private final Scheduler scheduler;
  private final Set<Path> locked = ConcurrentHashMap.newKeySet();

  /**
   * The machine's files.
   *
   * @param scheduler whose threads wait for the disk
   */
  public SystemDisk(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Writing create(Path path) throws IOException {
    return new ChannelWriting(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING),
        0,
        scheduler);
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      channel.truncate(length);
      channel.position(length);
      return new ChannelWriting(channel, length, scheduler);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Reading read(Path path) throws IOException {
    return new ChannelReading(FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        entry(path).ifPresent(entries::add);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(e -> String.valueOf(e.path().getFileName())));
    return List.copyOf(entries);
  }

  @Override
  public Optional<Entry> entry(Path path) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new Entry(
              path,
              kind(found),
              found.size(),
              found.lastModifiedTime().to(TimeUnit.MICROSECONDS),
              String.valueOf(found.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Entry.Kind kind(BasicFileAttributes found) {
    if (found.isRegularFile()) {
      return Entry.Kind.FILE;
    }
    return found.isDirectory() ? Entry.Kind.DIRECTORY : Entry.Kind.SPECIAL;
  }

  @Override
  public Path real(Path path) throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    Path known = whole;
    while (known != null) {
      try {
        Path real = known.toRealPath();
        return known.equals(whole) ? real : real.resolve(known.relativize(whole));
      } catch (NoSuchFileException e) {
        known = known.getParent();
      }
    }
    return whole;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    // A link to a directory is one already; the JDK's method would refuse it.
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    Path real = real(path);
    if (!locked.add(real)) {
      return Optional.empty();
    }
    boolean got = false;
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      got = isLocked(channel);
      return got ? Optional.of(() -> letGo(channel, real)) : Optional.empty();
    } finally {
      if (!got) {
        locked.remove(real);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // Another instance of this process has it.
    }
    channel.close();
    return false;
  }

  private void letGo(FileChannel channel, Path real) throws IOException {
    try {
      channel.close();
    } finally {
      locked.remove(real);
    }
  }

  /** Reads at positions of a channel. */
  private static final class ChannelReading implements Reading {
    private final FileChannel channel;

    ChannelReading(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(into, offset, length), position);
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
