package io.penstock.connectors.http;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that is asked: one split, whose offset is how often it was asked to the last page. */
final class HttpSource implements Source {
  static final Split ANSWERS = new Split("answers");

  private final HttpSourceConfig config;
  private @Nullable SourceContext run;
  private @Nullable Client client;
  private long rounds;

  HttpSource(HttpSourceConfig config) {
    this.config = config;
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    client = Client.open(config.way(), context.disk(), context.files(), context.clock());
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    known.forEach(state -> rounds = state.position().offset());
    return new Discovery(known.isEmpty() ? List.of(ANSWERS) : List.of(), List.of(), List.of());
  }

  /** A batch asks once. */
  @Override
  public Bound end(Split split) {
    return new Bound(rounds + 1);
  }

  @Override
  public Reader reader(ReaderContext context) {
    SourceContext opened = java.util.Objects.requireNonNull(run);
    Asking asking =
        new Asking(
            config,
            java.util.Objects.requireNonNull(client),
            new Failure(opened.step(), ProblemCode.R210, config.timeout()),
            opened.clock());
    return new AnswerReader(
        config, asking, context.check().get(), opened.meta(), opened.clock(), opened.scheduler());
  }

  @Override
  public void close() {
    // The client's threads go once nobody refers to it.
    client = null;
  }
}
