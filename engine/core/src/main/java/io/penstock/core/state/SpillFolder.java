package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run for what does not fit into memory. Its files are checked when they are read,
 * and never forced: nobody needs them after this process. Thread-safe.
 */
public final class SpillFolder implements Segments, AutoCloseable {
  private static final String PREFIX = "r-";
  private static final String LOCK = ".lock";
  private static final int MOST_RUNS = 10_000;

  /** Writes the bytes of a run. */
  @FunctionalInterface
  interface Content {
    /** Writes, and says how many entries; the blocks tell how far the file is after a flush. */
    long write(StateOutput to, BlockOutput blocks) throws IOException;
  }

  private final Disk disk;
  private final Path place;
  private final boolean shared;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final List<Disk.Reading> readings = new ArrayList<>();
  private @Nullable Path folder;
  private Optional<Disk.Lock> lock = Optional.empty();

  private SpillFolder(Disk disk, Path place, boolean shared) {
    this.disk = disk;
    this.place = place;
    this.shared = shared;
  }

  /** A folder of this run alone, made when there is something to put into it. */
  public static SpillFolder own(Disk disk, Path folder) {
    return new SpillFolder(disk, folder, false);
  }

  /**
   * A folder in one of several runs, of this and other processes: each takes a number there, with a
   * lock, when it has something to put into it.
   */
  public static SpillFolder shared(Disk disk, Path parent) {
    return new SpillFolder(disk, parent, true);
  }

  /** How many bytes were written so far. */
  public long written() {
    return written.get();
  }

  /** Deletes what runs have left that are no more. */
  public synchronized void clean() throws IOException {
    if (!shared) {
      empty(place);
      return;
    }
    for (Disk.Entry entry : disk.list(place)) {
      String name = String.valueOf(entry.path().getFileName());
      if (name.endsWith(LOCK)) {
        Optional<Disk.Lock> left = disk.lock(entry.path());
        if (left.isPresent()) {
          remove(place.resolve(name.substring(0, name.length() - LOCK.length())), left.get());
        }
      }
    }
  }

  /**
   * Deletes a folder of which this process has the lock, and gives that back. The file of the lock
   * stays: somebody may just be about to take it.
   */
  private void remove(Path left, Disk.Lock held) throws IOException {
    try (held) {
      empty(left);
      // What is not ours stays.
      if (disk.list(left).isEmpty()) {
        disk.delete(left);
      }
    }
  }

  private void empty(Path left) throws IOException {
    for (Disk.Entry entry : disk.list(left)) {
      if (String.valueOf(entry.path().getFileName()).startsWith(PREFIX)) {
        disk.delete(entry.path());
      }
    }
  }

  private synchronized Path folder() throws IOException {
    Path known = folder;
    if (known != null) {
      return known;
    }
    Path taken = shared ? claimed() : place;
    disk.createDirectories(taken);
    empty(taken);
    folder = taken;
    return taken;
  }

  private Path claimed() throws IOException {
    disk.createDirectories(place);
    for (int i = 0; i < MOST_RUNS; i++) {
      lock = disk.lock(place.resolve(i + LOCK));
      if (lock.isPresent()) {
        return place.resolve(String.valueOf(i));
      }
    }
    throw new IOException("`" + place + "` has no place left");
  }

  Segment.InFile write(Content content) throws IOException {
    String name = PREFIX + next.getAndIncrement();
    Path path = folder().resolve(name);
    try (Disk.Writing file = disk.create(path)) {
      BlockOutput blocks = new BlockOutput(file);
      StateOutput output = new StateOutput(blocks);
      long entries = content.write(output, blocks);
      output.flush();
      written.addAndGet(blocks.length());
      return new Segment.InFile(name, blocks.length(), blocks.checksum(), entries);
    } catch (IOException | RuntimeException e) {
      disk.delete(path);
      throw e;
    }
  }

  @Override
  public StateInput open(Segment segment) throws IOException {
    if (segment instanceof Segment.InFile file) {
      return BlockInput.open(disk, folder(), file);
    }
    throw new IllegalArgumentException("not spilled: " + segment);
  }

  /** Opens a file to be read at any place; it stays open until the folder is closed. */
  synchronized Disk.Reading read(Segment.InFile run) throws IOException {
    Disk.Reading reading = disk.read(folder().resolve(run.name()));
    readings.add(reading);
    return reading;
  }

  /** Closes a file that was opened so. */
  synchronized void close(Disk.Reading reading) throws IOException {
    readings.remove(reading);
    reading.close();
  }

  void delete(Segment.InFile run) throws IOException {
    disk.delete(folder().resolve(run.name()));
  }

  /** Deletes what the run has put there. */
  @Override
  public synchronized void close() throws IOException {
    for (Disk.Reading reading : readings) {
      reading.close();
    }
    readings.clear();
    Path known = folder;
    folder = null;
    Optional<Disk.Lock> held = lock;
    lock = Optional.empty();
    if (known != null && held.isPresent()) {
      remove(known, held.get());
    } else if (known != null) {
      empty(known);
    } else if (held.isPresent()) {
      held.get().close();
    }
  }
}
