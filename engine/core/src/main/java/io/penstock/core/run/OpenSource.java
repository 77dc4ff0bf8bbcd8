package io.penstock.core.run;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.Splitter;
import io.penstock.api.option.DataSize;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.Broken;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.system.CagedFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** A source that is open, with the reader of all its splits. */
final class OpenSource implements AutoCloseable {
  private final LogicalNode node;
  private final Source source;
  private final Reader reader;
  private final List<Split> splits;

  private OpenSource(LogicalNode node, Source source, Reader reader, List<Split> splits) {
    this.node = node;
    this.source = source;
    this.reader = reader;
    this.splits = splits;
  }

  /**
   * Opens a source at its start.
   *
   * @param meta the names of {@code meta.*} that the pipeline uses
   * @param fixedEnd whether it is read only up to where it ends now
   */
  static OpenSource open(
      LogicalNode node, RunRequest request, Set<String> meta, long seed, boolean fixedEnd) {
    Operation.Read read = (Operation.Read) node.operation();
    Source source = read.source().source();
    try {
      CagedFiles files =
          new CagedFiles(request.disk(), request.root(), request.confine(), node.origin());
      source.open(
          new SourceContext(
              node.step(),
              request.disk(),
              files,
              request.clock(),
              read.source().seed().orElse(seed),
              meta,
              request.input()));
      Discovery found = source.discover(List.of());
      if (!found.problems().isEmpty()) {
        throw new PipelineException(Placed.at(node, found.problems().get(0)));
      }
      Reader reader =
          source.reader(new ReaderContext(request.clock(), splitters(read), (int) maxRecord(read)));
      for (Split split : found.added()) {
        reader.assign(split, Position.START, end(node, read, source, split, fixedEnd));
      }
      return new OpenSource(node, source, reader, found.added());
    } catch (IOException e) {
      throw Broken.source(node, e);
    } catch (PipelineException e) {
      throw new PipelineException(Placed.at(node, e.problem()), e);
    }
  }

  private static long maxRecord(Operation.Read read) {
    DataSize most = Operation.MAX_RECORD;
    int own = read.decoding().maxRecord();
    return own > 0 ? own : most.bytes();
  }

  private static Supplier<Splitter> splitters(Operation.Read read) {
    if (read.format().isEmpty()) {
      return () -> {
        throw new IllegalStateException("a source of rows has no splitter");
      };
    }
    FormatConfig config = read.format().get();
    return () -> {
      Format format = config.format();
      return format.splitter((int) maxRecord(read));
    };
  }

  private static Bound end(
      LogicalNode node, Operation.Read read, Source source, Split split, boolean fixedEnd)
      throws IOException {
    if (!fixedEnd || read.source().traits().bounded()) {
      return Bound.NONE;
    }
    Bound end = source.end(split);
    if (end.equals(Bound.NONE)) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.E502,
              node.origin(),
              "`" + node.step() + "` has no end, so everything that is available never ends",
              "give it a `count`, or the run `--until`"));
    }
    return end;
  }

  LogicalNode node() {
    return node;
  }

  Reader reader() {
    return reader;
  }

  /** How many bytes or records there are to read, where the source knows. */
  OptionalLong left() {
    Map<Split, Position> at = new HashMap<>();
    splits.forEach(split -> at.put(split, Position.START));
    try {
      return source.left(at);
    } catch (IOException e) {
      // For progress only.
      return OptionalLong.empty();
    }
  }

  /** The epoch is decided. */
  void decided(long epoch) {
    Map<Split, Position> at = new HashMap<>();
    splits.forEach(split -> at.put(split, reader.position(split)));
    try {
      source.decided(epoch, at);
    } catch (IOException e) {
      // Failing to acknowledge is no error: the source will offer the rows again.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      source.close();
    }
  }
}
