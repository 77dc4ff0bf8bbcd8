package io.penstock.connectors.standard.file;

import io.penstock.api.format.Block;
import io.penstock.api.format.SpareArrays;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.connectors.standard.compression.Latin1Input;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A file that is being read, from its start or from a mark on. Used by one thread. */
final class OpenFile implements BegunFile {
  private static final int HEAD = 1 << 16;

  private final FileSourceConfig config;
  private final SourceContext source;
  private final ReaderContext run;
  private final Disk.Entry file;
  private final String shown;
  private final ByteInput input;
  private final BlockReader blocks;
  private Optional<Block> head = Optional.empty();
  private long passedOver;

  private OpenFile(
      FileSourceConfig config,
      SourceContext source,
      ReaderContext run,
      Place place,
      SpareArrays spares)
      throws IOException {
    this.config = config;
    this.source = source;
    this.run = run;
    this.file = place.file();
    this.shown = place.shown();
    this.input = place.seeks() ? seek(place.mark()) : text();
    this.blocks = blocks(input, spares);
  }

  /**
   * Where reading begins.
   *
   * @param shown the name of the file in blocks; that of the mark where the file was renamed
   * @param seeks whether the bytes of the file are those that are handed on
   */
  record Place(Disk.Entry file, String shown, FileMark mark, boolean seeks) {}

  /**
   * Whether the bytes of the file are handed on as they are, so that reading may begin anywhere.
   */
  static boolean isPlain(FileSourceConfig config, Disk.Entry file) {
    return compression(config, file) == Compression.NONE
        && config.charset() == FileSourceConfig.Charset.UTF_8;
  }

  /** Opens a file at a mark. */
  static OpenFile at(
      FileSourceConfig config,
      SourceContext source,
      ReaderContext run,
      Disk.Entry file,
      FileMark mark,
      SpareArrays spares)
      throws IOException {
    boolean inside = mark.offset() > 0;
    Place place = new Place(file, mark.file(), mark, isPlain(config, file) && inside);
    if (place.seeks() && file.size() < mark.offset()) {
      throw cut(source, mark, file.size());
    }
    OpenFile opened = new OpenFile(config, source, run, place, spares);
    try {
      if (inside) {
        opened.goTo(mark, place.seeks());
      }
      return opened;
    } catch (IOException | RuntimeException failed) {
      opened.close();
      throw failed;
    }
  }

  /** Whether the checksum before a mark is that of the file. */
  static boolean matches(Disk disk, Disk.Entry file, FileMark mark) throws IOException {
    if (file.size() < mark.offset()) {
      return false;
    }
    try (Disk.Reading reading = disk.read(file.path())) {
      return Tail.of(reading, mark.offset()).check() == mark.check();
    }
  }

  private static Compression compression(FileSourceConfig config, Disk.Entry file) {
    return Compression.of(config.compression(), String.valueOf(file.path().getFileName()));
  }

  private ByteInput seek(FileMark mark) throws IOException {
    return Compression.plain(source.disk().read(file.path()), mark.offset());
  }

  private ByteInput text() throws IOException {
    ByteInput unpacked = compression(config, file).open(source.disk().read(file.path()));
    return switch (config.charset()) {
      case UTF_8 -> unpacked;
      case ISO_8859_1 -> new Latin1Input(unpacked, StandardCharsets.ISO_8859_1);
      case WINDOWS_1252 -> new Latin1Input(unpacked, Charset.forName("windows-1252"));
    };
  }

  private BlockReader blocks(ByteInput bytes, SpareArrays spares) {
    Map<String, String> meta = Map.of("path", shown);
    return new BlockReader(shown, bytes, run.splitter(), run.maxRecord(), false, meta, spares);
  }

  private void goTo(FileMark mark, boolean seeks) throws IOException {
    if (seeks) {
      try (Disk.Reading reading = source.disk().read(file.path())) {
        blocks.resume(mark, Tail.of(reading, mark.offset()));
      }
    } else {
      blocks.skipTo(mark);
      passedOver = mark.offset();
    }
    if (blocks.position() < mark.offset()) {
      throw cut(source, mark, blocks.position());
    }
    if (blocks.check() != mark.check()) {
      throw FileSource.problem(
          source,
          ProblemCode.R201,
          "`"
              + shown
              + "` is another file than the one read so far: the checksum before byte "
              + mark.offset()
              + " was "
              + Tail.shown(mark.check())
              + " and is "
              + Tail.shown(blocks.check()),
          FileSource.PUT_BACK);
    }
    try (BlockReader again = blocks(text(), new SpareArrays())) {
      head = new FirstBlock().of(again, HEAD);
    }
  }

  private static RuntimeException cut(SourceContext source, FileMark mark, long has) {
    return FileSource.problem(
        source,
        ProblemCode.R201,
        "`"
            + mark.file()
            + "` has "
            + has
            + " bytes, and reading stopped behind byte "
            + mark.offset(),
        FileSource.PUT_BACK);
  }

  @Override
  public boolean next(Out out, int bytes) throws IOException {
    head.ifPresent(out::head);
    head = Optional.empty();
    return blocks.next(out, bytes);
  }

  @Override
  public boolean ended() {
    return blocks.ended();
  }

  @Override
  public long consumed() {
    return input.consumed();
  }

  @Override
  public long passedOver() {
    return passedOver;
  }

  @Override
  public FileMark mark() {
    return new FileMark(
        shown,
        file.key(),
        file.size(),
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
