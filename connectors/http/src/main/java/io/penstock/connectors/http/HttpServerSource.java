package io.penstock.connectors.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.penstock.api.network.ServerTls;
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
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Listens. A request is answered once the epoch that holds its rows is decided. */
final class HttpServerSource implements Source {
  static final Split REQUESTS = new Split("requests");

  /** Requests arrive on as many threads; a slow one keeps its thread until its time is over. */
  private static final int READING = 32;

  private static final int ANSWERING = 2;
  private static final int BACKLOG = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** In seconds; the JDK's server reads it once, and has no other way to be told. */
  private static final String ARRIVES_WITHIN = "sun.net.httpserver.maxReqTime";

  private final HttpServerConfig config;
  private final Desk desk;
  private @Nullable SourceContext run;
  private @Nullable HttpServer server;
  private @Nullable Workers reading;
  private @Nullable Workers answering;

  HttpServerSource(HttpServerConfig config) {
    this.config = config;
    this.desk = new Desk(config);
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    if (System.getProperty(ARRIVES_WITHIN) == null) {
      String seconds = Long.toString(Math.max(1, config.timeout().toSeconds()));
      String unused = System.setProperty(ARRIVES_WITHIN, seconds);
    }
    ListenAddress listen = ListenAddress.of(config.listen()).orElseThrow();
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
      server = config.tls().isPresent() ? secret(address, context) : open(address);
    } catch (UnknownHostException unknown) {
      throw problem(context, "`" + listen + "` names a host that nobody knows", unknown);
    } catch (SocketException wrong) {
      String why = wrong.getMessage() == null ? "no reason was given" : wrong.getMessage();
      throw problem(context, "`" + listen + "` cannot be listened at: " + why, wrong);
    }
  }

  private static HttpServer open(InetSocketAddress address) throws IOException {
    return HttpServer.create(address, BACKLOG);
  }

  private HttpServer secret(InetSocketAddress address, SourceContext context) throws IOException {
    ServerTls tls = config.tls().orElseThrow();
    SSLContext ssl = tls.context(context.disk(), context.files());
    HttpsServer made = HttpsServer.create(address, BACKLOG);
    made.setHttpsConfigurator(
        new HttpsConfigurator(ssl) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = ssl.getDefaultSSLParameters();
            wanted.setProtocols(tls.minVersion().protocols());
            wanted.setNeedClientAuth(tls.ca().isPresent());
            parameters.setSSLParameters(wanted);
          }
        });
    return made;
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
    return new Discovery(known.isEmpty() ? List.of(REQUESTS) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    SourceContext opened = java.util.Objects.requireNonNull(run);
    throw new PipelineException(
        Problem.of(
            ProblemCode.E502,
            Origin.file(opened.step()),
            "`" + opened.step() + "` takes requests as they come, so what is available has no end",
            "let the pipeline run with `mode: continuous`"));
  }

  @Override
  public Reader reader(ReaderContext context) {
    return new RequestReader(desk, opened().meta(), opened().scheduler(), () -> listen(context));
  }

  private SourceContext opened() {
    return java.util.Objects.requireNonNull(run);
  }

  private void listen(ReaderContext context) {
    HttpServer opened = java.util.Objects.requireNonNull(server);
    String step = opened().step();
    reading = new Workers(step + " requests", READING, BACKLOG, opened().scheduler());
    answering =
        new Workers(step + " answers", ANSWERING, config.inFlight() + 1, opened().scheduler());
    Doorman doorman = new Doorman(config, desk, context.clock(), context.check());
    opened.createContext("/", doorman);
    opened.setExecutor(reading);
    opened.start();
  }

  @Override
  public void decided(long epoch, Map<Split, Position> upTo) {
    Position at = upTo.get(REQUESTS);
    Workers by = answering;
    if (at != null && by != null) {
      desk.decided(at.offset(), by);
    }
  }

  @Override
  public void close() {
    Workers by = answering;
    if (by != null) {
      desk.close(by);
      by.stop(PATIENCE);
    }
    HttpServer opened = server;
    server = null;
    if (opened != null) {
      opened.stop(0);
    }
    Workers readers = reading;
    if (readers != null) {
      readers.stop(Duration.ZERO);
    }
  }
}
