package io.penstock.testkit;

import io.penstock.api.system.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files in memory; durable at once. A handle that is closed is refused, as by a real disk.
 * Thread-safe.
 */
public final class MemoryDisk implements Disk {
  private static final class Content {
    private byte[] bytes = new byte[256];
    private int length;

    synchronized void write(byte[] from, int offset, int count) {
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
      }
      System.arraycopy(from, offset, bytes, length, count);
      length += count;
    }

    synchronized int read(long position, byte[] into, int offset, int count) {
      if (position >= length) {
        return -1;
      }
      int taken = (int) Math.min(count, length - position);
      System.arraycopy(bytes, (int) position, into, offset, taken);
      return taken;
    }

    synchronized void cut(long to) {
      length = (int) Math.min(length, to);
    }

    synchronized long length() {
      return length;
    }

    synchronized byte[] copy() {
      return Arrays.copyOf(bytes, length);
    }
  }

  private final TreeMap<Path, Content> files = new TreeMap<>();
  private final Set<Path> directories = new HashSet<>();
  private final Set<Path> locks = new HashSet<>();

  /** Puts a file there. */
  public synchronized MemoryDisk with(Path path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Content content = new Content();
    content.write(bytes, 0, bytes.length);
    files.put(path, content);
    addDirectories(path.resolveSibling(""));
    return this;
  }

  /** The text of a file; empty if there is none. */
  public synchronized Optional<String> text(Path path) {
    return Optional.ofNullable(files.get(path))
        .map(content -> new String(content.copy(), StandardCharsets.UTF_8));
  }

  /** The paths of all files. */
  public synchronized List<Path> paths() {
    return List.copyOf(files.keySet());
  }

  private void addDirectories(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      directories.add(at);
    }
  }

  private synchronized Content content(Path path) throws IOException {
    Content content = files.get(path);
    if (content == null) {
      throw new NoSuchFileException(path.toString());
    }
    return content;
  }

  @Override
  public synchronized Writing create(Path path) throws IOException {
    if (path.getParent() != null && !directories.contains(path.getParent())) {
      throw new NoSuchFileException(path.toString());
    }
    Content content = new Content();
    files.put(path, content);
    return writing(content);
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    Content content = content(path);
    content.cut(length);
    return writing(content);
  }

  private static Writing writing(Content content) {
    return new MemoryWriting(content);
  }

  @Override
  public Reading read(Path path) throws IOException {
    return new MemoryReading(content(path));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    Content content = files.remove(from);
    if (content == null) {
      throw new FileNotFoundException(from.toString());
    }
    files.put(to, content);
  }

  @Override
  public synchronized void delete(Path path) {
    files.remove(path);
    directories.remove(path);
  }

  @Override
  public synchronized List<Entry> list(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<Path> all = new HashSet<>(files.keySet());
    all.addAll(directories);
    for (Path path : all.stream().sorted().toList()) {
      if (directory.equals(path.getParent())) {
        entry(path).ifPresent(entries::add);
      }
    }
    return entries;
  }

  @Override
  public synchronized Optional<Entry> entry(Path path) {
    Content content = files.get(path);
    if (content != null) {
      return Optional.of(new Entry(path, Entry.Kind.FILE, content.length(), 0, path.toString()));
    }
    return directories.contains(path)
        ? Optional.of(new Entry(path, Entry.Kind.DIRECTORY, 0, 0, path.toString()))
        : Optional.empty();
  }

  @Override
  public Path real(Path path) {
    return path.toAbsolutePath().normalize();
  }

  @Override
  public synchronized void createDirectories(Path directory) {
    addDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) {
    // Memory is as durable as it gets.
  }

  /** The process that had locks is gone. */
  public synchronized void letGoOfLocks() {
    locks.clear();
  }

  @Override
  public synchronized Optional<Lock> lock(Path path) {
    if (!locks.add(path)) {
      return Optional.empty();
    }
    return Optional.of(
        () -> {
          synchronized (this) {
            locks.remove(path);
          }
        });
  }

  /** A file being written; memory is as durable as it gets. */
  private static final class MemoryWriting implements Writing {
    private final Content content;
    private volatile boolean closed;

    MemoryWriting(Content content) {
      this.content = content;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      requireOpen(closed);
      content.write(bytes, offset, length);
    }

    @Override
    public long length() {
      return content.length();
    }

    @Override
    public void force() throws IOException {
      requireOpen(closed);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A file being read. */
  private static final class MemoryReading implements Reading {
    private final Content content;
    private volatile boolean closed;

    MemoryReading(Content content) {
      this.content = content;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      requireOpen(closed);
      return content.read(position, into, offset, length);
    }

    @Override
    public long length() throws IOException {
      requireOpen(closed);
      return content.length();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static void requireOpen(boolean closed) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
