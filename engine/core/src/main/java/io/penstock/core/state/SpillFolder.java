package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder of a run for what does not fit into memory. Its files are checked when they are read,
 * and never forced: nobody needs them after this process. Thread-safe.
 */
public final class SpillFolder implements Segments, AutoCloseable {
  private static final String PREFIX = "r-";

  /** Writes the bytes of a run. */
  @FunctionalInterface
  interface Content {
    /** Writes, and says how many entries; the blocks tell how far the file is after a flush. */
    long write(StateOutput to, BlockOutput blocks) throws IOException;
  }

  private final Disk disk;
  private final Path folder;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicBoolean made = new AtomicBoolean();

  /**
   * The folder at a path.
   *
   * @param folder of this run alone; made when there is something to put into it
   */
  public SpillFolder(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** How many bytes were written so far. */
  public long written() {
    return written.get();
  }

  Segment.InFile write(Content content) throws IOException {
    if (!made.get()) {
      disk.createDirectories(folder);
      made.set(true);
    }
    String name = PREFIX + next.getAndIncrement();
    Path path = folder.resolve(name);
    try (Disk.Writing file = disk.create(path)) {
      BlockOutput blocks = new BlockOutput(file);
      StateOutput output = new StateOutput(blocks);
      long entries = content.write(output, blocks);
      output.flush();
      written.addAndGet(blocks.length());
      return new Segment.InFile(name, blocks.length(), blocks.checksum(), entries);
    } catch (IOException e) {
      disk.delete(path);
      throw e;
    }
  }

  @Override
  public StateInput open(Segment segment) throws IOException {
    if (segment instanceof Segment.InFile file) {
      return BlockInput.open(disk, folder, file);
    }
    throw new IllegalArgumentException("not spilled: " + segment);
  }

  Disk.Reading read(Segment.InFile run) throws IOException {
    return disk.read(folder.resolve(run.name()));
  }

  void delete(Segment.InFile run) throws IOException {
    disk.delete(folder.resolve(run.name()));
  }

  /** Deletes what is in the folder, left by this process or a former one, and the folder. */
  @Override
  public void close() throws IOException {
    for (Disk.Entry entry : disk.list(folder)) {
      if (String.valueOf(entry.path().getFileName()).startsWith(PREFIX)) {
        disk.delete(entry.path());
      }
    }
    if (disk.entry(folder).isPresent() && disk.list(folder).isEmpty()) {
      disk.delete(folder);
    }
  }
}
