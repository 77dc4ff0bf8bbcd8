package io.penstock.connectors.standard.file;

import io.penstock.api.format.Block;
import io.penstock.api.source.Out;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.compression.Compression;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A file that grows while it is read. What stands behind the last whole record stays there until
 * more comes, or until it is said that nothing will. Used by one thread.
 */
final class GrowingFile implements AutoCloseable {
  private static final int HEAD = 1 << 16;

  private final String name;
  private final Disk.Entry file;
  private final Disk.Reading reading;
  private final ByteInput input;
  private final BlockReader blocks;
  private Optional<Block> head;
  private long checkedLength;
  private boolean finishing;

  private GrowingFile(
      Disk.Entry file, Disk.Reading reading, FileMark mark, ReaderContext run, Optional<Block> head)
      throws IOException {
    this.name = mark.file();
    this.file = file;
    this.reading = reading;
    this.input = Compression.plain(reading, mark.offset());
    this.blocks = blocks(name, input, run);
    this.head = head;
    this.checkedLength = reading.length();
    if (mark.offset() > 0) {
      blocks.resume(mark, Tail.of(reading, mark.offset()));
    }
    blocks.grow();
  }

  /** Opens a file at a mark that is known to be in it. */
  static GrowingFile open(SourceContext source, ReaderContext run, Disk.Entry file, FileMark mark)
      throws IOException {
    Optional<Block> head = Optional.empty();
    if (mark.offset() > 0) {
      FirstBlock first = new FirstBlock();
      try (BlockReader again =
          blocks(mark.file(), Compression.plain(source.disk().read(file.path()), 0), run)) {
        head = first.of(again, HEAD);
      }
    }
    return new GrowingFile(file, source.disk().read(file.path()), mark, run, head);
  }

  private static BlockReader blocks(String name, ByteInput bytes, ReaderContext run) {
    return new BlockReader(
        name, bytes, run.splitter(), run.maxRecord(), false, Map.of("path", name));
  }

  /** Hands on one block, or what is wrong; false when no whole record is there. */
  boolean next(Out out, int bytes) throws IOException {
    boolean dry = !finishing && reading.length() <= input.consumed();
    if (dry) {
      return false;
    }
    head.ifPresent(out::head);
    head = Optional.empty();
    return blocks.next(out, bytes);
  }

  /** How many bytes the file has now. */
  long length() throws IOException {
    return reading.length();
  }

  /**
   * Whether the file was cut and begins anew: it is shorter than what was read, or, where its
   * length changed, what stands before the next record is something else.
   */
  boolean begunAnew() throws IOException {
    long length = reading.length();
    if (length < input.consumed()) {
      return true;
    }
    boolean changed = length != checkedLength;
    checkedLength = length;
    return changed && Tail.of(reading, blocks.position()).check() != blocks.check();
  }

  /** Says that the file grows no more: what is left is its last record. */
  void finish() {
    finishing = true;
    blocks.finish();
  }

  /** Whether everything was handed on. */
  boolean ended() {
    return blocks.ended();
  }

  Disk.Entry file() {
    return file;
  }

  /** The byte of the next record. */
  long position() {
    return blocks.position();
  }

  /** The place of the next record. */
  FileMark mark() throws IOException {
    return new FileMark(
        name,
        file.key(),
        reading.length(),
        blocks.position(),
        blocks.line(),
        blocks.check(),
        blocks.passing());
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
