package io.penstock.core.run;

import io.penstock.api.data.Schema;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Out;
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
import io.penstock.testkit.simulation.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source that keeps its positions in a file of its own, durable, beside the checkpoints. */
record SelfKeptSource(SourceConfig right, Journal journal, Path folder) implements SourceConfig {
  @Override
  public SourceTraits traits() {
    return right.traits();
  }

  @Override
  public Optional<Schema> schema() {
    return right.schema();
  }

  @Override
  public Source source() {
    return new Keeping(right.source());
  }

  private final class Keeping implements Source {
    private final Source source;
    private @Nullable Disk disk;

    Keeping(Source source) {
      this.source = source;
    }

    private Disk disk() {
      return java.util.Objects.requireNonNull(disk);
    }

    @Override
    public void open(SourceContext run) throws IOException {
      disk = run.disk();
      disk().createDirectories(folder);
      disk().forceDirectory(folder.resolveSibling(""));
      source.open(run);
    }

    @Override
    public Discovery discover(List<SplitState> known) throws IOException {
      return source.discover(known);
    }

    @Override
    public Bound end(Split split) throws IOException {
      return source.end(split);
    }

    @Override
    public void decided(long epoch, Map<Split, Position> upTo) throws IOException {
      for (Map.Entry<Split, Position> at : upTo.entrySet()) {
        Path file = folder.resolve(at.getKey().id());
        Path temporary = folder.resolve(at.getKey().id() + ".tmp");
        byte[] text = Long.toString(at.getValue().offset()).getBytes(StandardCharsets.UTF_8);
        try (Disk.Writing writing = disk().create(temporary)) {
          writing.write(text, 0, text.length);
          writing.force();
        }
        disk().rename(temporary, file);
      }
      disk().forceDirectory(folder);
      source.decided(epoch, upTo);
    }

    @Override
    public Reader reader(ReaderContext run) throws IOException {
      return new OwnPositions(source.reader(run), this);
    }

    private Position position(Split split) throws IOException {
      Path file = folder.resolve(split.id());
      if (disk().entry(file).isEmpty()) {
        return Position.START;
      }
      String text = new String(TamperedDisk.bytes(disk(), file), StandardCharsets.UTF_8);
      return journal.position(split, Long.parseLong(text));
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  /** Reads from the file's positions, whatever it is told. */
  private record OwnPositions(Reader reader, Keeping kept) implements Reader {
    @Override
    public void assign(Split split, Position from, Bound to) throws IOException {
      reader.assign(split, kept.position(split), to);
    }

    @Override
    public void revoke(Split split) throws IOException {
      reader.revoke(split);
    }

    @Override
    public void pause(Set<Split> splits) {
      reader.pause(splits);
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) throws IOException {
      return reader.next(out, limits, wait);
    }

    @Override
    public Position position(Split split) {
      return reader.position(split);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
