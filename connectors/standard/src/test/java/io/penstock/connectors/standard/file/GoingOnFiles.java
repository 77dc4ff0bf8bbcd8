package io.penstock.connectors.standard.file;

import io.penstock.api.format.Block;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files that change while they are read, on a clock that moves when told. */
final class GoingOnFiles {
  static final Split SPLIT = new Split("files");
  static final Duration SECOND = Duration.ofSeconds(1);
  private static final FormatConfig LINES =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);

  private final FolderDisk disk;

  GoingOnFiles(Path folder) {
    disk = new FolderDisk(folder);
  }

  FolderDisk disk() {
    return disk;
  }

  static String sorted(String lines) {
    return lines.lines().sorted().toList().toString();
  }

  void rotate(String from, String to) throws IOException {
    disk.rename(disk.resolve(from), disk.resolve(to));
  }

  void pass(Duration time) {
    disk.advance(time.toNanos());
  }

  /** Everything that comes within so many looks. */
  String passing(Reader reader, int looks) throws IOException {
    StringBuilder text = new StringBuilder(read(reader));
    for (int i = 0; i < looks; i++) {
      pass(SECOND);
      text.append(read(reader));
    }
    return text.toString();
  }

  static String read(Reader reader) throws IOException {
    Lines lines = new Lines();
    while (next(reader, lines) == Reader.Step.MORE) {
      // Everything that is there now.
    }
    return lines.text;
  }

  static Reader.Step next(Reader reader, Out out) throws IOException {
    return reader.next(out, new Reader.Limits(100, 100), Duration.ZERO);
  }

  static FileSourceConfig watch(String path, String... start) {
    return config(
        path,
        true,
        false,
        Optional.of(start).filter(s -> s.length > 0).map(s -> s[0]),
        Optional.empty());
  }

  static FileSourceConfig follow(String path) {
    return config(path, false, true, Optional.empty(), Optional.empty());
  }

  static FileSourceConfig config(
      String path,
      boolean watch,
      boolean follow,
      Optional<String> start,
      Optional<WhenDone> whenDone) {
    return new FileSourceConfig(
        new OneOrMany<>(List.of(path)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        FileSourceConfig.Charset.UTF_8,
        DataSize.mebibytes(1),
        Optional.empty(),
        watch,
        follow,
        start,
        whenDone,
        Optional.empty());
  }

  static FileSourceConfig config(String path, FormatConfig followed) {
    FileSourceConfig follow = follow(path);
    return new FileSourceConfig(
        follow.path(),
        List.of(),
        Optional.of(followed),
        Optional.empty(),
        follow.charset(),
        follow.maxRecord(),
        Optional.empty(),
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Source open(FileSourceConfig config) throws IOException {
    Source source = config.source();
    source.open(new SourceContext("logs", disk, disk, disk, 0, Set.of()));
    return source;
  }

  Reader reader(FileSourceConfig config, Position from, Bound to) throws IOException {
    Reader reader =
        open(config).reader(new ReaderContext(disk, () -> LINES.format().splitter(1000), 1000));
    reader.assign(SPLIT, from, to);
    return reader;
  }

  /** Takes the bytes. */
  static final class Lines implements Out {
    private String text = "";

    String text() {
      return text;
    }

    @Override
    public void block(Block block) {
      text +=
          new String(
              block.bytes(), block.from(), block.to() - block.from(), StandardCharsets.UTF_8);
    }

    @Override
    public void rows(io.penstock.api.data.Batch rows) {
      throw new AssertionError("rows of a file");
    }

    @Override
    public void bad(
        Split split,
        long position,
        long line,
        byte[] raw,
        long rawBytes,
        ProblemCode code,
        String message) {
      throw new AssertionError(message);
    }
  }
}
