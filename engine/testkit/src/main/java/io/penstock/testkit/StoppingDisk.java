package io.penstock.testkit;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk whose process dies before the n-th operation that changes something, or whose n-th such
 * operation fails. What was done before stays. Used by one thread.
 */
public final class StoppingDisk implements Disk {
  /** What the process dies of. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(long operation) {
      super("stopped before operation " + operation);
    }
  }

  /** What happens at the operation. */
  public enum Fault {
    /** The process dies, so that nothing is done any more. */
    STOP,
    /** Half of the bytes are written, and the process dies. */
    STOP_HALF,
    /** The operation fails as on a full disk; those after it succeed. */
    FULL
  }

  private final Disk disk;
  private final long at;
  private final Fault fault;
  private long operations;
  private boolean stopped;

  /**
   * A disk over another one.
   *
   * @param at the number of the operation at which something happens, from 1; 0 for never
   */
  public StoppingDisk(Disk disk, long at, Fault fault) {
    this.disk = disk;
    this.at = at;
    this.fault = fault;
  }

  /** How many operations there were. */
  public long operations() {
    return operations;
  }

  private boolean isTime() throws IOException {
    alive();
    operations++;
    if (operations != at) {
      return false;
    }
    if (fault == Fault.FULL) {
      throw new IOException("No space left on device");
    }
    stopped = true;
    return true;
  }

  private void change() throws IOException {
    if (isTime()) {
      throw new Stopped(at);
    }
  }

  private void alive() {
    if (stopped) {
      throw new Stopped(at);
    }
  }

  private Writing watched(Writing writing) {
    return new Writing() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isTime()) {
          writing.write(bytes, offset, fault == Fault.STOP_HALF ? length / 2 : 0);
          throw new Stopped(at);
        }
        writing.write(bytes, offset, length);
      }

      @Override
      public long length() {
        return writing.length();
      }

      @Override
      public void writeBack() throws IOException {
        alive();
        writing.writeBack();
      }

      @Override
      public void force() throws IOException {
        change();
        writing.force();
      }

      @Override
      public void close() throws IOException {
        writing.close();
      }
    };
  }

  @Override
  public Writing create(Path path) throws IOException {
    change();
    return watched(disk.create(path));
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    change();
    return watched(disk.append(path, length));
  }

  @Override
  public Reading read(Path path) throws IOException {
    alive();
    return disk.read(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    change();
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    change();
    disk.delete(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    alive();
    return disk.list(directory);
  }

  @Override
  public Optional<Entry> entry(Path path) throws IOException {
    alive();
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
    change();
    disk.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    change();
    disk.forceDirectory(directory);
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    alive();
    return disk.lock(path);
  }
}
