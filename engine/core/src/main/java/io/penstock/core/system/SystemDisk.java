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
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine's files. The one class that may name {@link Files}. A process that takes locks has
 * one instance: closing any handle of a file lets go of all locks that the process has of it, so
 * the instance never opens a file whose lock it holds.
 */
public final class SystemDisk implements Disk {
  private static final int MOST_LINKS = 40;
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern MOST_OPEN = Pattern.compile("(?m)^Max open files\\s+(\\d{1,9})\\s");

  private final Scheduler scheduler;
  private final Handles handles = new Handles(SystemDisk::mostOpen);
  private final Set<Path> locked = ConcurrentHashMap.newKeySet();

  /**
   * The machine's files.
   *
   * @param scheduler whose threads wait for the disk
   */
  public SystemDisk(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** How many files this process may have open; without a limit where the system does not tell. */
  private static int mostOpen() {
    try {
      Matcher told = MOST_OPEN.matcher(Files.readString(LIMITS));
      return told.find() ? Integer.parseInt(told.group(1)) : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE;
    }
  }

  private FileChannel open(Path path, OpenOption... options) throws IOException {
    try {
      FileChannel channel = FileChannel.open(path, options);
      handles.opened();
      return channel;
    } catch (IOException e) {
      throw Said.by(e);
    }
  }

  private void close(FileChannel channel) throws IOException {
    if (channel.isOpen()) {
      handles.closed();
    }
    channel.close();
  }

  @Override
  public Writing create(Path path) throws IOException {
    FileChannel channel =
        open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return new ChannelWriting(path, channel, 0, handles, scheduler);
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    FileChannel channel = open(path, StandardOpenOption.WRITE);
    try {
      channel.truncate(length);
      channel.position(length);
      return new ChannelWriting(path, channel, length, handles, scheduler);
    } catch (IOException e) {
      close(channel);
      throw Said.by(e);
    }
  }

  @Override
  public Reading read(Path path) throws IOException {
    return new ChannelReading(open(path, StandardOpenOption.READ), handles);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Said.by(e);
    }
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
      throw Said.by(java.util.Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw Said.by(e);
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
    int links = 0;
    Path known = whole;
    while (known != null) {
      try {
        Path real = known.toRealPath();
        return known.equals(whole) ? real : real.resolve(known.relativize(whole)).normalize();
      } catch (NoSuchFileException e) {
        // A link to what is not there yet leads there all the same once it is made.
        if (Files.isSymbolicLink(known) && links++ < MOST_LINKS) {
          Path named = known.resolveSibling(Files.readSymbolicLink(known));
          whole = known.equals(whole) ? named : named.resolve(known.relativize(whole));
          known = whole;
        } else {
          known = known.getParent();
        }
      }
    }
    return whole;
  }

  @Override
  public boolean everybodyMayRead(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
  }

  @Override
  public boolean isOneFileSystem(Path from, Path to) throws IOException {
    // Equal where they are on one device and in one mount.
    return Files.getFileStore(from).equals(Files.getFileStore(to));
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    // A link to a directory is one already; the JDK's method would refuse it.
    if (!Files.isDirectory(directory)) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw Said.by(e);
      }
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    FileChannel channel = open(directory, StandardOpenOption.READ);
    try {
      channel.force(true);
    } catch (IOException e) {
      throw Said.by(e, directory);
    } finally {
      close(channel);
    }
  }

  @Override
  public int spareHandles() {
    return handles.spare();
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    Path real = real(path);
    if (!locked.add(real)) {
      return Optional.empty();
    }
    boolean got = false;
    try {
      FileChannel channel = open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      got = isLocked(channel);
      return got ? Optional.of(() -> letGo(channel, real)) : Optional.empty();
    } finally {
      if (!got) {
        locked.remove(real);
      }
    }
  }

  private boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // Another instance of this process has it.
    }
    close(channel);
    return false;
  }

  private void letGo(FileChannel channel, Path real) throws IOException {
    try {
      close(channel);
    } finally {
      locked.remove(real);
    }
  }

  /** Reads at positions of a channel. */
  private static final class ChannelReading implements Reading {
    // What is read goes through memory outside the heap: so much is still near when it is copied.
    private static final int AT_ONCE = 1 << 17;

    private final FileChannel channel;
    private final Handles handles;

    ChannelReading(FileChannel channel, Handles handles) {
      this.channel = channel;
      this.handles = handles;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(into, offset, Math.min(length, AT_ONCE)), position);
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen()) {
        handles.closed();
      }
      channel.close();
    }
  }
}
