package io.penstock.connectors.redis;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Channels, all of them one split: the server keeps nothing of what is published. */
final class ChannelSource implements Source {
  private final RedisSourceConfig config;
  private @Nullable SourceContext run;

  ChannelSource(RedisSourceConfig config) {
    this.config = config;
  }

  @Override
  public void open(SourceContext context) {
    run = context;
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(
        known.isEmpty() ? List.of(ChannelReader.SPLIT) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    String step = context().step();
    throw new PipelineException(
        Problem.of(
            ProblemCode.E502,
            Origin.file(step),
            "`" + step + "` takes messages as they come, so what is available has no end",
            "let the pipeline run with `mode: continuous`, or read `streams`"));
  }

  @Override
  public Reader reader(ReaderContext reading) {
    return new ChannelReader(
        config, context(), reading, new Failure(context().step(), config.way(), ProblemCode.R210));
  }

  private SourceContext context() {
    return Objects.requireNonNull(run);
  }

  @Override
  public void close() {
    // Readers close what they have opened.
  }
}
