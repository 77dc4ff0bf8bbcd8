package io.penstock.connectors.standard.socket;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.ServerTls;
import io.penstock.api.option.Checks;
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
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Listens. Whoever sends is told nothing, so what was read and is not decided is lost at a crash.
 */
final class SocketSource implements Source {
  static final SourceTraits TRAITS =
      new SourceTraits(false, false, false, true, true, SourceTraits.Kind.BYTES);

  private final String listen;
  private final Optional<ServerTls> tls;
  private final Opening opening;
  private @Nullable SourceContext run;
  private @Nullable Intake intake;

  /** Begins to listen. */
  interface Opening {
    Intake at(InetSocketAddress address, Optional<Supplier<SSLEngine>> tls, String step)
        throws IOException;
  }

  SocketSource(String listen, Optional<ServerTls> tls, Opening opening) {
    this.listen = listen;
    this.tls = tls;
    this.opening = opening;
  }

  /** Refuses formats whose first record names the fields: each record is decoded by itself. */
  static void checkFormat(Optional<FormatConfig> format, Checks checks) {
    if (format.isPresent() && format.get().format().traits().header()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "each record is decoded by itself, and this format has a header before them",
          "write `format: { csv: { header: false } }` and a `schema`");
    }
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    Address address = Address.listen(listen).orElseThrow();
    Optional<Supplier<SSLEngine>> engines =
        tls.isPresent()
            ? Optional.of(TlsEngines.server(tls.get(), context.disk(), context.files()))
            : Optional.empty();
    try {
      intake = opening.at(address.found(), engines, context.step());
    } catch (UnknownHostException unknown) {
      throw problem(context, "`" + address + "` names a host that nobody knows", unknown);
    } catch (IOException wrong) {
      String why = wrong.getMessage() == null ? "no reason was given" : wrong.getMessage();
      throw problem(context, "`" + address + "` cannot be listened at: " + why, wrong);
    }
  }

  private static PipelineException problem(SourceContext context, String message, Throwable cause) {
    String hint =
        cause instanceof BindException
            ? "stop what listens there, or take another port of an address of this machine"
            : "check `listen`";
    return new PipelineException(
        Problem.of(ProblemCode.R210, Origin.file(context.step()), message, hint), cause);
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(
        known.isEmpty() ? List.of(SocketReader.SPLIT) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    String step = Objects.requireNonNull(run).step();
    throw new PipelineException(
        Problem.of(
            ProblemCode.E502,
            Origin.file(step),
            "`" + step + "` takes records as they come, so what is available has no end",
            "let the pipeline run with `mode: continuous`"));
  }

  @Override
  public Reader reader(ReaderContext context) {
    SourceContext opened = Objects.requireNonNull(run);
    return new SocketReader(
        Objects.requireNonNull(intake), opened.meta(), opened.scheduler(), context.clock());
  }

  @Override
  public void close() throws IOException {
    Intake opened = intake;
    intake = null;
    if (opened != null) {
      opened.close();
    }
  }
}
