package io.penstock.testkit;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk that tells of everything that changes it before it happens, so that a test can count the
 * changes, let one fail, or end the run there. Reading is not told of. As thread-safe as the disk
 * and the watch.
 */
public final class WatchedDisk implements Disk {
  /** What changes a disk. */
  public enum Change {
    CREATE,
    APPEND,
    WRITE,
    FORCE,
    RENAME,
    DELETE,
    FORCE_DIRECTORY
  }

  /** Told of changes; one that throws keeps the change from happening. */
  @FunctionalInterface
  public interface Watch {
    /** This is about to happen to the file or the directory. */
    void before(Change change, Path path) throws IOException;
  }

  private final Disk disk;
  private final Watch watch;

  public WatchedDisk(Disk disk, Watch watch) {
    this.disk = disk;
    this.watch = watch;
  }

  @Override
  public Writing create(Path path) throws IOException {
    watch.before(Change.CREATE, path);
    return writing(path, disk.create(path));
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    watch.before(Change.APPEND, path);
    return writing(path, disk.append(path, length));
  }

  private Writing writing(Path path, Writing to) {
    return new Writing() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        watch.before(Change.WRITE, path);
        to.write(bytes, offset, length);
      }

      @Override
      public long length() {
        return to.length();
      }

      @Override
      public void force() throws IOException {
        watch.before(Change.FORCE, path);
        to.force();
      }

      @Override
      public void close() throws IOException {
        to.close();
      }
    };
  }

  @Override
  public Reading read(Path path) throws IOException {
    return disk.read(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    watch.before(Change.RENAME, to);
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    watch.before(Change.DELETE, path);
    disk.delete(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public Optional<Entry> entry(Path path) throws IOException {
    return disk.entry(path);
  }

  @Override
  public Path real(Path path) throws IOException {
    return disk.real(path);
  }

  @Override
  public boolean everybodyMayRead(Path path) throws IOException {
    return disk.everybodyMayRead(path);
  }

  @Override
  public boolean isOneFileSystem(Path from, Path to) throws IOException {
    return disk.isOneFileSystem(from, to);
  }

  @Override
  public int spareHandles() {
    return disk.spareHandles();
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    watch.before(Change.FORCE_DIRECTORY, directory);
    disk.forceDirectory(directory);
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    return disk.lock(path);
  }
}
