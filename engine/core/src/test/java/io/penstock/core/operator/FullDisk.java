package io.penstock.core.operator;

import io.penstock.api.system.Disk;
import io.penstock.api.system.NoSpaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk that has room for so many bytes more. */
final class FullDisk implements Disk {
  private final Disk disk;
  private long room;
  private int created;

  FullDisk(Disk disk, long room) {
    this.disk = disk;
    this.room = room;
  }

  void room(long bytes) {
    room = bytes;
  }

  /** How many files were made. */
  int created() {
    return created;
  }

  @Override
  public Writing create(Path path) throws IOException {
    Writing to = disk.create(path);
    created++;
    return new Writing() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > room) {
          throw new NoSpaceException(
              "no space left on the device", new IOException("no space left on the device"));
        }
        room -= length;
        to.write(bytes, offset, length);
      }

      @Override
      public long length() {
        return to.length();
      }

      @Override
      public void force() throws IOException {
        to.force();
      }

      @Override
      public void close() throws IOException {
        to.close();
      }
    };
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    return disk.append(path, length);
  }

  @Override
  public Reading read(Path path) throws IOException {
    return disk.read(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
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
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    disk.forceDirectory(directory);
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    return disk.lock(path);
  }
}
