package io.penstock.core.replay;

import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headers of a source's files, which the letters do not have. Single-threaded. */
final class FirstBlocks {
  private static final int BYTES = 64 << 10;
  private static final int MOST_STEPS = 100;

  private final Operation.Read read;
  private final SourceContext context;
  private final Map<String, Optional<Block>> found = new HashMap<>();

  FirstBlocks(LogicalNode node, Operation.Read read, Surroundings around) {
    this.read = read;
    this.context =
        new SourceContext(
            node.step(),
            around.disk(),
            around.files(),
            around.clock(),
            0,
            java.util.Set.copyOf(metaNames(read)));
  }

  private static List<String> metaNames(Operation.Read read) {
    return read.source().meta().stream().map(m -> m.name()).toList();
  }

  /** The first block of a split without its records; empty where it cannot be read any more. */
  Optional<Block> of(String split) {
    return found.computeIfAbsent(split, this::find);
  }

  /** All that were found, by split. */
  Map<String, Block> all() {
    Map<String, Block> all = new HashMap<>();
    found.forEach((split, block) -> block.ifPresent(there -> all.put(split, there)));
    return all;
  }

  private Optional<Block> find(String id) {
    Format format = read.format().orElseThrow().format();
    int most = read.decoding().maxRecord();
    Optional<SourceConfig> only = read.source().only(id);
    if (only.isEmpty()) {
      return Optional.empty();
    }
    First first = new First();
    try (Source source = only.get().source()) {
      source.open(context);
      List<Split> splits = source.discover(List.of()).added();
      ReaderContext run = new ReaderContext(context.clock(), () -> format.splitter(most), most);
      try (Reader reader = source.reader(run)) {
        for (Split split : splits) {
          reader.assign(split, Position.START, Bound.NONE);
        }
        for (int i = 0; i < MOST_STEPS && first.blocks.isEmpty(); i++) {
          Reader.Step step = reader.next(first, new Reader.Limits(1, BYTES), Duration.ZERO);
          if (step != Reader.Step.MORE) {
            break;
          }
        }
      }
      boolean other = first.blocks.isEmpty() || !first.blocks.get(0).split().equals(id);
      return other
          ? Optional.empty()
          : Optional.of(header(first.blocks.get(0), format.decoder(read.decoding())));
    } catch (IOException | PipelineException e) {
      return Optional.empty();
    }
  }

  private static Block header(Block first, Decoder decoder) {
    int end = decoder.header(first);
    return new Block(
        first.bytes(),
        first.from(),
        end,
        first.split(),
        0,
        first.position(),
        first.lines(),
        false,
        first.meta());
  }

  /** Keeps what is read. */
  private static final class First implements Out {
    private final List<Block> blocks = new ArrayList<>();

    @Override
    public void block(Block block) {
      blocks.add(block);
    }

    @Override
    public void rows(io.penstock.api.data.Batch rows) {
      throw new IllegalStateException("a source of bytes");
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
      // The header is what is looked for; the letters have what was bad.
    }
  }
}
