package io.penstock.connectors.standard.file;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.system.Disk;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.compression.Compression;
import io.penstock.connectors.standard.compression.Latin1Input;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one after the other. A position is a byte in a file, unpacked and as UTF-8, with the
 * file's name as evidence.
 */
final class FileReader implements Reader {
  /** The evidence that says which file the position is in. */
  static final String FILE = "file";

  /** The evidence that says how many bytes of all files were read, for progress. */
  static final String READ = "read";

  private static final int BLOCK = 1 << 20;

  private final FileSourceConfig config;
  private final List<Disk.Entry> files;
  private final SourceContext source;
  private final ReaderContext run;
  private Split split = new Split("");
  private boolean paused;
  private int next;
  private long before;
  private @Nullable BlockReader blocks;
  private @Nullable ByteInput input;

  FileReader(
      FileSourceConfig config, List<Disk.Entry> files, SourceContext source, ReaderContext run) {
    this.config = config;
    this.files = List.copyOf(files);
    this.source = source;
    this.run = run;
  }

  @Override
  public void assign(Split assigned, Position from, Bound to) throws IOException {
    split = assigned;
    String file = from.evidence().get(FILE);
    if (file == null) {
      return;
    }
    while (next < files.size() && !shown(next).equals(file)) {
      before += files.get(next).size();
      next++;
    }
    if (next == files.size() && file.isEmpty()) {
      return;
    }
    if (next == files.size()) {
      throw FileSource.problem(
          source,
          ProblemCode.R201,
          "`" + file + "`, where reading stopped, is no longer there",
          "put the file back, or begin anew with `--fresh`");
    }
    open().skipTo(from.offset());
  }

  @Override
  public void revoke(Split gone) throws IOException {
    close();
    next = files.size();
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = splits.contains(split);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    if (paused) {
      return Step.NOTHING_NOW;
    }
    try {
      while (blocks != null || next < files.size()) {
        BlockReader current = blocks == null ? open() : blocks;
        if (current.next(out, Math.min(limits.bytes(), BLOCK))) {
          return Step.MORE;
        }
        before += files.get(next).size();
        next++;
        close();
      }
      return Step.ENDED;
    } catch (IOException broken) {
      throw FileSource.problem(
          source,
          ProblemCode.R205,
          "`" + shown(Math.min(next, files.size() - 1)) + "` cannot be read: " + Reason.of(broken),
          "check that the file is there and may be read");
    }
  }

  private BlockReader open() throws IOException {
    Disk.Entry file = files.get(next);
    String name = file.path().getFileName().toString();
    ByteInput unpacked =
        Compression.of(config.compression(), name).open(source.disk().read(file.path()));
    ByteInput text =
        switch (config.charset()) {
          case UTF_8 -> unpacked;
          case ISO_8859_1 -> new Latin1Input(unpacked, StandardCharsets.ISO_8859_1);
          case WINDOWS_1252 -> new Latin1Input(unpacked, Charset.forName("windows-1252"));
        };
    input = text;
    BlockReader opened =
        new BlockReader(
            shown(next), text, run.splitter(), run.maxRecord(), false, Map.of("path", shown(next)));
    blocks = opened;
    return opened;
  }

  private String shown(int file) {
    return source.files().shown(files.get(file).path());
  }

  @Override
  public Position position(Split of) {
    SortedMap<String, String> evidence = new TreeMap<>();
    long read = before + (input == null ? 0 : input.consumed());
    evidence.put(READ, Long.toString(read));
    // Empty behind the last file.
    evidence.put(FILE, next < files.size() ? shown(next) : "");
    return new Position(blocks == null ? 0 : blocks.position(), evidence);
  }

  @Override
  public void close() throws IOException {
    BlockReader current = blocks;
    blocks = null;
    input = null;
    if (current != null) {
      current.close();
    }
  }
}
