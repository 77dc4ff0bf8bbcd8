package io.penstock.dsl.launcher.trace;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk on which nothing changes but below one folder, where steps put what memory does not hold.
 * Folders that somebody wants made are not made, and writing is refused.
 */
record ReadOnlyDisk(Disk real, Path spill) implements Disk {
  private Path writable(Path path) throws IOException {
    if (!isSpill(path)) {
      throw new IOException("`" + path + "` would be written, and a trace writes nothing");
    }
    return path;
  }

  private boolean isSpill(Path path) {
    return path.startsWith(spill);
  }

  @Override
  public Writing create(Path path) throws IOException {
    return real.create(writable(path));
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    return real.append(writable(path), length);
  }

  @Override
  public Reading read(Path path) throws IOException {
    return real.read(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    real.rename(writable(from), writable(to));
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(writable(path));
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    return real.list(directory);
  }

  @Override
  public Optional<Entry> entry(Path path) throws IOException {
    return real.entry(path);
  }

  @Override
  public Path real(Path path) throws IOException {
    return real.real(path);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    if (isSpill(directory)) {
      real.createDirectories(directory);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    if (isSpill(directory)) {
      real.forceDirectory(directory);
    }
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    return real.lock(writable(path));
  }
}
