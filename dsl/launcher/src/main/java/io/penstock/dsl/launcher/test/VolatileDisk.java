package io.penstock.dsl.launcher.test;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A disk for the kept state of a test: it lasts over the lives of a run and is gone with the test.
 * What was written is durable at once. Thread-safe: the disk is the lock of all that is on it.
 */
final class VolatileDisk implements Disk {
  private final Map<Path, Bytes> files = new HashMap<>();
  private final TreeSet<Path> folders = new TreeSet<>();
  private final TreeSet<Path> locked = new TreeSet<>();

  private static final class Bytes {
    private byte[] array = new byte[0];
    private int size;
  }

  /** The process that held locks is gone. */
  synchronized void processGone() {
    locked.clear();
  }

  @Override
  public synchronized Writing create(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !folders.contains(parent)) {
      throw new NoSuchFileException(path.toString());
    }
    Bytes bytes = new Bytes();
    files.put(path, bytes);
    return new BytesWriting(bytes);
  }

  @Override
  public synchronized Writing append(Path path, long length) throws IOException {
    Bytes bytes = existing(path);
    bytes.size = (int) Math.min(bytes.size, length);
    return new BytesWriting(bytes);
  }

  @Override
  public synchronized Reading read(Path path) throws IOException {
    return new BytesReading(existing(path));
  }

  private Bytes existing(Path path) throws IOException {
    Bytes bytes = files.get(path);
    if (bytes == null) {
      throw new NoSuchFileException(path.toString());
    }
    return bytes;
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    files.put(to, existing(from));
    files.remove(from);
  }

  @Override
  public synchronized void delete(Path path) {
    files.remove(path);
    folders.remove(path);
  }

  @Override
  public synchronized List<Entry> list(Path directory) {
    TreeSet<Path> within = new TreeSet<>(folders);
    within.addAll(files.keySet());
    within.removeIf(path -> !directory.equals(path.getParent()));
    List<Entry> entries = new ArrayList<>();
    within.forEach(path -> entry(path).ifPresent(entries::add));
    return entries;
  }

  @Override
  public synchronized Optional<Entry> entry(Path path) {
    Bytes bytes = files.get(path);
    if (bytes == null && !folders.contains(path)) {
      return Optional.empty();
    }
    Entry.Kind kind = bytes == null ? Entry.Kind.DIRECTORY : Entry.Kind.FILE;
    return Optional.of(new Entry(path, kind, bytes == null ? 0 : bytes.size, 0, path.toString()));
  }

  @Override
  public Path real(Path path) {
    return path.normalize();
  }

  @Override
  public synchronized void createDirectories(Path directory) {
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      folders.add(folder);
    }
  }

  @Override
  public void forceDirectory(Path directory) {
    // Names last as long as the disk.
  }

  @Override
  public synchronized Optional<Lock> lock(Path path) {
    return locked.add(path) ? Optional.of(() -> unlock(path)) : Optional.empty();
  }

  private synchronized void unlock(Path path) {
    locked.remove(path);
  }

  private final class BytesWriting implements Writing {
    private final Bytes bytes;

    BytesWriting(Bytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      synchronized (VolatileDisk.this) {
        int end = bytes.size + length;
        if (end > bytes.array.length) {
          bytes.array = Arrays.copyOf(bytes.array, Math.max(end, 2 * bytes.array.length));
        }
        System.arraycopy(from, offset, bytes.array, bytes.size, length);
        bytes.size = end;
      }
    }

    @Override
    public long length() {
      synchronized (VolatileDisk.this) {
        return bytes.size;
      }
    }

    @Override
    public void force() {
      // Bytes last as long as the disk.
    }

    @Override
    public void close() {}
  }

  private final class BytesReading implements Reading {
    private final Bytes bytes;

    BytesReading(Bytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      synchronized (VolatileDisk.this) {
        if (position >= bytes.size) {
          return -1;
        }
        int count = (int) Math.min(length, bytes.size - position);
        System.arraycopy(bytes.array, (int) position, into, offset, count);
        return count;
      }
    }

    @Override
    public long length() {
      synchronized (VolatileDisk.this) {
        return bytes.size;
      }
    }

    @Override
    public void close() {}
  }
}
