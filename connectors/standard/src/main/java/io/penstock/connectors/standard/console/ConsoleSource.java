package io.penstock.connectors.standard.console;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.connectors.standard.compression.ByteInput;
import io.penstock.connectors.standard.file.BlockReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Standard input as one split, handed on as it comes. */
final class ConsoleSource implements Source {
  private static final Split SPLIT = new Split("console");

  private InputStream console = InputStream.nullInputStream();

  @Override
  public void open(SourceContext run) {
    console = run.console();
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
  public Reader reader(ReaderContext run) {
    BlockReader blocks =
        new BlockReader(
            SPLIT.id(), new Console(console), run.splitter(), run.maxRecord(), true, Map.of());
    return new ConsoleReader(blocks);
  }

  @Override
  public void close() {}

  /** Reads one block for each call. */
  private static final class ConsoleReader implements Reader {
    private final BlockReader blocks;
    private boolean paused;

    ConsoleReader(BlockReader blocks) {
      this.blocks = blocks;
    }

    @Override
    public void assign(Split split, Position from, Bound to) {}

    @Override
    public void revoke(Split split) {
      paused = true;
    }

    @Override
    public void pause(Set<Split> splits) {
      paused = splits.contains(SPLIT);
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) throws IOException {
      if (paused) {
        return Step.NOTHING_NOW;
      }
      return blocks.next(out, limits.bytes()) ? Step.MORE : Step.ENDED;
    }

    @Override
    public Position position(Split split) {
      return new Position(blocks.position(), new TreeMap<>());
    }

    @Override
    public void close() throws IOException {
      blocks.close();
    }
  }

  /** The stream, which is not ours to close. */
  private static final class Console implements ByteInput {
    private final InputStream stream;
    private long consumed;

    Console(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = stream.read(into, offset, length);
      consumed += Math.max(0, count);
      return count;
    }

    @Override
    public long consumed() {
      return consumed;
    }

    @Override
    public void close() {}
  }
}
