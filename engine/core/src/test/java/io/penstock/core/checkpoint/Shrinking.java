package io.penstock.core.checkpoint;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk whose files are empty by the time they are read, and only read. */
final class Shrinking implements Disk {
  private final Disk disk;

  Shrinking(Disk disk) {
    this.disk = disk;
  }

  @Override
  public Reading read(Path path) throws IOException {
    Reading reading = disk.read(path);
    return new Reading() {
      @Override
      public int read(long position, byte[] into, int offset, int length) {
        return -1;
      }

      @Override
      public long length() throws IOException {
        return reading.length();
      }

      @Override
      public void close() throws IOException {
        reading.close();
      }
    };
  }

  private static IOException readOnly() {
    return new IOException("only for reading");
  }

  @Override
  public Writing create(Path path) throws IOException {
    throw readOnly();
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    throw readOnly();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    throw readOnly();
  }

  @Override
  public void delete(Path path) throws IOException {
    throw readOnly();
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
    throw readOnly();
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    throw readOnly();
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    throw readOnly();
  }
}
