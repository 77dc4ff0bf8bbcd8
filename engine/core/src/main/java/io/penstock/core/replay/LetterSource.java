package io.penstock.core.replay;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives the letters of one step in place of a source: as rows, or as the bytes that could not be
 * decoded, each a block of its own at its place in the split it came from.
 *
 * @param entry which letters
 * @param meta what rows of the source in whose place it stands have
 */
record LetterSource(LetterFile file, Entry entry, List<MetaField> meta) implements SourceConfig {
  private static final Split SPLIT = new Split("letters");

  /** The letters of a step, made ready. */
  interface Entry {
    SourceTraits.Kind kind();

    /** Hands on what belongs to the next letters; false at the end. */
    Feed feed(LetterFile.Lines lines);
  }

  /** Hands letters on. */
  interface Feed {
    boolean next(io.penstock.api.source.Out out, Reader.Limits limits) throws IOException;
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true, true, true, false, entry.kind());
  }

  @Override
  public Optional<io.penstock.api.data.Schema> schema() {
    return Optional.empty();
  }

  @Override
  public Source source() {
    return new Letters();
  }

  /** The file, open. */
  private final class Letters implements Source {
    private Optional<Disk> disk = Optional.empty();

    @Override
    public void open(SourceContext run) {
      disk = Optional.of(run.disk());
    }

    @Override
    public Discovery discover(List<SplitState> known) {
      return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
    }

    @Override
    public Bound end(Split split) {
      return Bound.NONE;
    }

    @Override
    public Reader reader(ReaderContext run) throws IOException {
      return new LettersReader(file.open(disk.orElseThrow()), entry);
    }

    @Override
    public void close() {}
  }

  private static final class LettersReader implements Reader {
    private final LetterFile.Lines lines;
    private final Feed feed;

    LettersReader(LetterFile.Lines lines, Entry entry) {
      this.lines = lines;
      this.feed = entry.feed(lines);
    }

    @Override
    public void assign(Split split, Position from, Bound to) {}

    @Override
    public void revoke(Split split) {}

    @Override
    public void pause(Set<Split> splits) {}

    @Override
    public Step next(io.penstock.api.source.Out out, Limits limits, java.time.Duration wait)
        throws IOException {
      return feed.next(out, limits) ? Step.MORE : Step.ENDED;
    }

    @Override
    public Position position(Split split) {
      return new Position(0, new TreeMap<>());
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
