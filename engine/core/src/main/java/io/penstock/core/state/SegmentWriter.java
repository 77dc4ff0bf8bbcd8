package io.penstock.core.state;

import io.penstock.api.system.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of one operator in a {@link SegmentFolder}. Segments lie in the checkpoint as long
 * as they have at most {@link Segment#MOST_INLINE} bytes together; the others go to files, forced
 * when they end. The names become durable with {@link SegmentFolder#force}. Single-threaded.
 */
public final class SegmentWriter implements SnapshotWriter, AutoCloseable {
  private final SegmentFolder folder;
  private final String prefix;
  private final List<Segment> segments = new ArrayList<>();
  private final ByteArrayOutputStream inline = new ByteArrayOutputStream();
  private long inlineBytes;
  private @Nullable StateOutput output;
  private @Nullable File file;

  /** A file being written. */
  private record File(String name, Disk.Writing writing, BlockOutput blocks) {}

  SegmentWriter(SegmentFolder folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /** The segments of the snapshot so far, kept ones among them, in order. */
  public List<Segment> segments() {
    return List.copyOf(segments);
  }

  @Override
  public StateOutput begin() throws IOException {
    if (output != null) {
      close();
    }
    inline.reset();
    StateOutput begun = new StateOutput(this::write);
    output = begun;
    return begun;
  }

  private void write(byte[] bytes, int offset, int count) throws IOException {
    File to = file;
    if (to == null && inlineBytes + inline.size() + count <= Segment.MOST_INLINE) {
      inline.write(bytes, offset, count);
      return;
    }
    if (to == null) {
      java.nio.file.Path path = folder.create(prefix);
      Disk.Writing writing = folder.disk().create(path);
      to = new File(String.valueOf(path.getFileName()), writing, new BlockOutput(writing));
      file = to;
      to.blocks().write(inline.toByteArray(), 0, inline.size());
      inline.reset();
    }
    to.blocks().write(bytes, offset, count);
  }

  @Override
  public Segment end(long entries) throws IOException {
    StateOutput ended = output;
    if (ended == null) {
      throw new IllegalStateException("no segment was begun");
    }
    ended.flush();
    Segment segment;
    File written = file;
    if (written == null) {
      inlineBytes += inline.size();
      segment = new Segment.Inline(inline.toByteArray(), entries);
    } else {
      written.writing().force();
      BlockOutput blocks = written.blocks();
      segment = new Segment.InFile(written.name(), blocks.length(), blocks.checksum(), entries);
    }
    output = null;
    close();
    segments.add(segment);
    return segment;
  }

  @Override
  public void keep(Segment segment) {
    if (segment instanceof Segment.Inline) {
      inlineBytes += segment.length();
    }
    segments.add(segment);
  }

  @Override
  public StateInput open(Segment segment) throws IOException {
    return folder.open(segment);
  }

  /** Gives up a segment that was begun and not ended. */
  @Override
  public void close() throws IOException {
    output = null;
    File open = file;
    file = null;
    if (open != null) {
      open.writing().close();
    }
  }
}
