package io.penstock.core.run;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk whose user leaves something out, or does something too much. */
record TamperedDisk(Disk disk, Tampering how) implements Disk {
  /** What is not done as it should be. */
  interface Tampering {
    /** Forces a file, or does not. */
    default void force(Path path, Writing file) throws IOException {
      file.force();
    }

    /** Forces a directory, or does not. */
    default void forceDirectory(Path path, Disk disk) throws IOException {
      disk.forceDirectory(path);
    }

    /** Before a file is created. */
    default void creating(Path path, Disk disk) throws IOException {}

    /** The bytes of a file, as they are read. */
    default byte[] read(Path path, byte[] bytes) {
      return bytes;
    }

    /** Whether a file is listed. */
    default boolean lists(Path path, Disk disk) throws IOException {
      return true;
    }
  }

  static byte[] bytes(Disk disk, Path path) throws IOException {
    try (Reading reading = disk.read(path)) {
      byte[] bytes = new byte[(int) reading.length()];
      int unused = reading.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  @Override
  public Writing create(Path path) throws IOException {
    how.creating(path, disk);
    return writing(path, disk.create(path));
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    return writing(path, disk.append(path, length));
  }

  private Writing writing(Path path, Writing file) {
    return new Writing() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
      }

      @Override
      public long length() {
        return file.length();
      }

      @Override
      public void force() throws IOException {
        how.force(path, file);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public Reading read(Path path) throws IOException {
    byte[] bytes = how.read(path, bytes(disk, path));
    return new Reading() {
      @Override
      public int read(long position, byte[] into, int offset, int length) {
        if (position >= bytes.length) {
          return -1;
        }
        int count = (int) Math.min(length, bytes.length - position);
        System.arraycopy(bytes, (int) position, into, offset, count);
        return count;
      }

      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
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
    List<Entry> all = new java.util.ArrayList<>();
    for (Entry entry : disk.list(directory)) {
      if (how.lists(entry.path(), disk)) {
        all.add(entry);
      }
    }
    return all;
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
    how.forceDirectory(directory, disk);
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    return disk.lock(path);
  }
}
