package io.penstock.connectors.standard.file;

import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.FileParts;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.Map;

/**
 * A file that is read part by part, as its format says where they stand; each part is a block that
 * is decoded as a file would be. A mark lies between two parts, and its line is the next row's.
 */
final class PartedFile implements BegunFile {
  private static final byte[] NONE = new byte[0];

  private final Disk.Entry file;
  private final String shown;
  private final Disk.Reading reading;
  private final FileParts parts;
  private int at;
  private long row;
  private long consumed;

  private PartedFile(Disk.Entry file, String shown, Disk.Reading reading, FileParts parts) {
    this.file = file;
    this.shown = shown;
    this.reading = reading;
    this.parts = parts;
  }

  /** Opens a file at a mark. */
  static PartedFile at(
      FileParts.Finder finder, SourceContext source, Disk.Entry file, FileMark mark)
      throws IOException {
    Disk.Reading reading = source.disk().read(file.path());
    try {
      PartedFile opened =
          new PartedFile(file, mark.file(), reading, finder.of(new FileBytes(reading)));
      if (mark.line() > 1) {
        opened.goTo(mark, source);
      }
      return opened;
    } catch (IOException | RuntimeException failed) {
      reading.close();
      throw failed;
    }
  }

  private void goTo(FileMark mark, SourceContext source) {
    if (parts.check() != mark.check()) {
      throw FileSource.problem(
          source,
          ProblemCode.R201,
          "`"
              + shown
              + "` is another file than the one read so far: the checksum of its footer was "
              + Tail.shown(mark.check())
              + " and is "
              + Tail.shown(parts.check()),
          FileSource.PUT_BACK);
    }
    row = mark.line() - 1;
    consumed = mark.offset();
    while (at < parts.all().size() && parts.all().get(at).firstRow() < row) {
      at++;
    }
  }

  @Override
  public boolean next(Out out, int bytes) throws IOException {
    if (ended()) {
      return false;
    }
    FileParts.Part part = parts.all().get(at);
    long first = part.firstRow();
    if (part.wrong().isPresent()) {
      FileParts.Wrong wrong = part.wrong().get();
      out.bad(new Split(shown), first, first + 1, NONE, 0, wrong.code(), wrong.text());
    } else {
      byte[] read = parts.bytes(part);
      BlockLines lines = BlockLines.from(first + 1, NONE, 0, 0);
      Map<String, String> meta = Map.of("path", shown);
      // Each part is a file of its own to its decoder, so none has a number.
      out.block(new Block(read, 0, read.length, shown, 0, first, lines, true, meta));
    }
    at++;
    row = ended() ? Math.max(row, first + 1) : parts.all().get(at).firstRow();
    consumed = part.end();
    return true;
  }

  @Override
  public boolean ended() {
    return at == parts.all().size();
  }

  @Override
  public long consumed() {
    return consumed;
  }

  @Override
  public long passedOver() {
    return 0;
  }

  @Override
  public FileMark mark() {
    return new FileMark(shown, file.key(), file.size(), consumed, row + 1, parts.check(), false);
  }

  @Override
  public void close() throws IOException {
    reading.close();
  }

  /** The bytes of an open file. */
  private record FileBytes(Disk.Reading reading) implements FileParts.Bytes {
    @Override
    public long length() throws IOException {
      return reading.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      return reading.read(position, into, offset, length);
    }
  }
}
