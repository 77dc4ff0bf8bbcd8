package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder of a run's segments. A name is never used twice by one process, so that a segment of
 * an epoch that was given up is not written over. Thread-safe; writers and readers are not.
 */
public final class SegmentFolder implements Segments {
  private static final String PREFIX = "s-";
  private static final int INLINE = 0;
  private static final int IN_FILE = 1;

  private final Disk disk;
  private final Path folder;
  private final AtomicLong next = new AtomicLong();

  /**
   * The folder at a path.
   *
   * @param folder need not exist; it is made when the first file is
   */
  public SegmentFolder(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /**
   * Takes the snapshot of one operator.
   *
   * @param operator stands in the names of files, so it must be of digits and letters
   */
  public SegmentWriter writer(long epoch, String operator) {
    return new SegmentWriter(this, PREFIX + epoch + "-" + operator + "-");
  }

  /** Gives the snapshot of one operator back. */
  public SnapshotReader reader(List<Segment> segments) {
    List<Segment> copy = List.copyOf(segments);
    return new SnapshotReader() {
      @Override
      public List<Segment> segments() {
        return copy;
      }

      @Override
      public StateInput open(Segment segment) throws IOException {
        return SegmentFolder.this.open(segment);
      }
    };
  }

  @Override
  public StateInput open(Segment segment) throws IOException {
    if (segment instanceof Segment.Inline inline) {
      return StateInput.of(inline.bytes());
    }
    return BlockInput.open(disk, folder, (Segment.InFile) segment);
  }

  /** Reads all of a segment, to see whether it is as it was written. */
  public void verify(Segment segment) throws IOException {
    try (StateInput input = open(segment)) {
      while (!input.atEnd()) {
        input.skipBlock();
      }
    }
  }

  Disk disk() {
    return disk;
  }

  Path create(String prefix) throws IOException {
    disk.createDirectories(folder);
    return folder.resolve(prefix + next.getAndIncrement());
  }

  /** Makes the names of all files durable. */
  public void force() throws IOException {
    if (disk.entry(folder).isPresent()) {
      disk.forceDirectory(folder);
    }
  }

  /** Deletes all files of segments but those named. */
  public void retain(Set<String> names) throws IOException {
    for (Disk.Entry entry : disk.list(folder)) {
      String name = String.valueOf(entry.path().getFileName());
      if (name.startsWith(PREFIX) && !names.contains(name)) {
        disk.delete(entry.path());
      }
    }
  }

  /** Writes what a segment is, with its bytes where they are not in a file. */
  public static void write(Segment segment, StateOutput to) throws IOException {
    to.number(segment.entries());
    if (segment instanceof Segment.Inline inline) {
      to.number(INLINE);
      to.bytes(inline.bytes(), 0, inline.bytes().length);
    } else if (segment instanceof Segment.InFile file) {
      to.number(IN_FILE);
      to.text(file.name());
      to.number(file.length());
      to.number(file.checksum());
    }
  }

  /** Reads what a segment is. */
  public static Segment read(StateInput from) throws IOException {
    long entries = from.number();
    if (from.count(IN_FILE) == INLINE) {
      return new Segment.Inline(from.bytes(), entries);
    }
    return new Segment.InFile(from.text(), from.number(), (int) from.number(), entries);
  }
}
