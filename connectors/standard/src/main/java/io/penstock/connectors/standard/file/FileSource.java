package io.penstock.connectors.standard.file;

import io.penstock.api.problem.Origin;
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
import io.penstock.api.source.SplitState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Files as one split, in the order of their names; those that come up later follow. */
final class FileSource implements Source {
  /** What to do where a file is not the one that was read. */
  static final String PUT_BACK = "put the file back, or begin anew with `--fresh`";

  private static final Split SPLIT = new Split("files");

  private final FileSourceConfig config;
  private @Nullable SourceContext run;
  private @Nullable DoneFiles done;
  private Position last = Position.START;

  FileSource(FileSourceConfig config) {
    this.config = config;
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    last = Position.START;
    DoneFiles dealt = new DoneFiles(config, context);
    done = dealt;
    dealt.open();
  }

  static PipelineException problem(
      SourceContext context, ProblemCode code, String message, String hint) {
    return new PipelineException(Problem.of(code, Origin.file(context.step()), message, hint));
  }

  @Override
  public Discovery discover(List<SplitState> known) throws IOException {
    if (known.isEmpty()) {
      if (config.isBounded()) {
        // Says at once what is missing.
        List<?> unused = new SourceFiles(config, context()).all();
      }
      return new Discovery(List.of(SPLIT), List.of(), List.of());
    }
    SplitState state = known.get(0);
    last = state.position();
    if (!config.isBounded()) {
      return new Discovery(List.of(), List.of(), List.of());
    }
    return new Discovery(
        List.of(),
        List.of(),
        new ChangedFiles(config, context()).since(state.position(), state.ended()));
  }

  @Override
  public Bound end(Split split) throws IOException {
    if (config.follow()) {
      return new Bound(FollowReader.end(config, context(), last));
    }
    return new Bound(Backlog.at(config, context(), last).end());
  }

  @Override
  public Reader reader(ReaderContext context) {
    return config.follow()
        ? new FollowReader(config, context(), context)
        : new FileReader(config, context(), context);
  }

  @Override
  public void decided(long epoch, Map<Split, Position> upTo) throws IOException {
    last = upTo.getOrDefault(SPLIT, last);
    DoneFiles dealt = done;
    if (dealt != null) {
      dealt.dealWith(last);
    }
  }

  @Override
  public OptionalLong left(Map<Split, Position> at) throws IOException {
    Position from = at.getOrDefault(SPLIT, last);
    if (config.follow()) {
      return OptionalLong.of(
          Math.max(0, FollowReader.end(config, context(), from) - from.offset()));
    }
    return OptionalLong.of(
        Math.max(0, Backlog.at(config, context(), from).end() - Backlog.read(from)));
  }

  private SourceContext context() {
    SourceContext opened = run;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public void close() {}
}
