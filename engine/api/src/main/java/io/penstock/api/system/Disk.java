package io.penstock.api.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files, the only way to them for engine and connectors. A rename is atomic and stays in one
 * directory's file system; a file is durable after {@link Writing#force}, its name after {@link
 * #forceDirectory}. Thread-safe; a handle is not.
 */
public interface Disk {
  /** What is known of a file without opening it. */
  record Entry(Path path, Kind kind, long size, long modifiedMicros, String key) {
    /** What kind of entry; SPECIAL is a pipe, a device, a socket. */
    public enum Kind {
      FILE,
      DIRECTORY,
      SPECIAL
    }
  }

  /** A file being written, at its end. */
  interface Writing extends AutoCloseable {
    /** Writes all the bytes, however many calls that takes. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** How many bytes the file has. */
    long length();

    /**
     * Begins to make the bytes written so far durable, and does not wait for it, so that {@link
     * #force} is no long wait later. If it fails, the next force does.
     */
    default void writeBack() throws IOException {
      force();
    }

    /** Makes the bytes durable. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A file being read. */
  interface Reading extends AutoCloseable {
    /** Reads up to length bytes at a position; -1 at the end. */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /** How many bytes the file has now. */
    long length() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A lock held by this process until closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** A new, empty file in place of what was there. */
  Writing create(Path path) throws IOException;

  /** An existing file, cut to this length, to write on at its end. */
  Writing append(Path path, long length) throws IOException;

  Reading read(Path path) throws IOException;

  /** Atomic, replaces what is there. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file or an empty directory; nothing if there is none. */
  void delete(Path path) throws IOException;

  /** The entries of a directory, by name; empty if there is no such directory. */
  List<Entry> list(Path directory) throws IOException;

  /** The entry, links followed; empty if there is none. */
  Optional<Entry> entry(Path path) throws IOException;

  /** The path without links, dots and doubles; the missing end of it is kept as it is. */
  Path real(Path path) throws IOException;

  /** Whether any user of the machine may read the file; false where the system does not tell. */
  default boolean everybodyMayRead(Path path) throws IOException {
    return false;
  }

  /** Whether two paths, both there, lie in one mount of one file system, as a rename demands. */
  default boolean isOneFileSystem(Path from, Path to) throws IOException {
    return true;
  }

  void createDirectories(Path directory) throws IOException;

  /** Makes the names in a directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /**
   * About how many files more may be held open for long. What is opened for a moment needs no
   * leave; what holds many files lets go of some where there is none left.
   */
  default int spareHandles() {
    return Integer.MAX_VALUE;
  }

  /** Takes the lock of a file; empty if another process, or this one, has it. */
  Optional<Lock> lock(Path path) throws IOException;
}
