package io.penstock.connectors.standard.file;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A disk that is a folder of the test's, and a clock that moves when told. */
final class FolderDisk implements Disk, Files, Clock {
  private final Path root;
  private long nanos;
  private int allowed = Integer.MAX_VALUE;
  private int open;
  private int mostOpen;

  FolderDisk(Path root) {
    this.root = root;
  }

  /** Lets no more than so many files be held open for long. */
  void allow(int files) {
    allowed = files;
  }

  /** The most files that were written at one time. */
  int mostOpen() {
    return mostOpen;
  }

  @Override
  public int spareHandles() {
    return Math.max(0, allowed - open);
  }

  void advance(long more) {
    nanos += more;
  }

  void put(String path, byte[] bytes) throws IOException {
    java.nio.file.Files.createDirectories(root.resolve(path).getParent());
    java.nio.file.Files.write(root.resolve(path), bytes);
  }

  void put(String path, String text) throws IOException {
    put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Writes on at the end of a file. */
  void add(String path, String text) throws IOException {
    java.nio.file.Files.writeString(
        root.resolve(path), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Says when a file was changed last. */
  void modified(String path, long micros) throws IOException {
    java.nio.file.Files.setLastModifiedTime(
        root.resolve(path), FileTime.from(micros, TimeUnit.MICROSECONDS));
  }

  String text(String path) throws IOException {
    return java.nio.file.Files.readString(root.resolve(path));
  }

  /** All files below the root, in order. */
  List<String> all() throws IOException {
    try (Stream<Path> paths = java.nio.file.Files.walk(root)) {
      return paths
          .filter(java.nio.file.Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public Writing create(Path path) throws IOException {
    return append(path, 0);
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    file.setLength(length);
    file.seek(length);
    open++;
    mostOpen = Math.max(mostOpen, open);
    return new Writing() {
      private boolean closed;

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        file.write(bytes, offset, count);
      }

      @Override
      public long length() {
        return path.toFile().length();
      }

      @Override
      public void force() throws IOException {
        file.getFD().sync();
      }

      @Override
      public void close() throws IOException {
        open -= closed ? 0 : 1;
        closed = true;
        file.close();
      }
    };
  }

  @Override
  public Reading read(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    return new Reading() {
      @Override
      public int read(long position, byte[] into, int offset, int length) throws IOException {
        file.seek(position);
        return file.read(into, offset, length);
      }

      @Override
      public long length() throws IOException {
        return file.length();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    java.nio.file.Files.move(
        from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    java.nio.file.Files.deleteIfExists(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    if (!java.nio.file.Files.isDirectory(directory)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> paths = java.nio.file.Files.list(directory)) {
      for (Path path : paths.sorted(Comparator.comparing(Path::toString)).toList()) {
        entries.add(entry(path).orElseThrow());
      }
    }
    return entries;
  }

  @Override
  public Optional<Entry> entry(Path path) throws IOException {
    if (!java.nio.file.Files.exists(path)) {
      return Optional.empty();
    }
    BasicFileAttributes found = java.nio.file.Files.readAttributes(path, BasicFileAttributes.class);
    Entry.Kind kind = found.isDirectory() ? Entry.Kind.DIRECTORY : Entry.Kind.FILE;
    long modified = found.lastModifiedTime().to(TimeUnit.MICROSECONDS);
    return Optional.of(
        new Entry(path, kind, found.size(), modified, String.valueOf(found.fileKey())));
  }

  @Override
  public Path real(Path path) throws IOException {
    return java.nio.file.Files.exists(path) ? path.toRealPath() : path;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    java.nio.file.Files.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    if (!java.nio.file.Files.isDirectory(directory)) {
      throw new IOException("no directory: " + directory);
    }
  }

  @Override
  public Optional<Lock> lock(Path path) {
    return Optional.empty();
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Path resolve(String written) {
    return root.resolve(written).normalize();
  }

  @Override
  public String shown(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }

  @Override
  public long micros() {
    return nanos / 1000;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
