package io.penstock.connectors.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.penstock.api.format.BlockCheck;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Lets requests in. Who may not send, or sends what cannot be taken, is told so at once; a body is
 * read and looked at before it may wait. Called by the server's threads.
 */
final class Doorman implements HttpHandler {
  private static final int TOLD = 10;

  private final HttpServerConfig config;
  private final Desk desk;
  private final Clock clock;
  private final Supplier<BlockCheck> checks;
  // As many as there are threads at work, since a check is used by one at a time.
  private final Queue<BlockCheck> idle = new ConcurrentLinkedQueue<>();

  Doorman(HttpServerConfig config, Desk desk, Clock clock, Supplier<BlockCheck> checks) {
    this.config = config;
    this.desk = desk;
    this.clock = clock;
    this.checks = checks;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Answering answering = new Answering(exchange);
    if (isTurnedAway(exchange, answering)) {
      return;
    }
    if (!desk.enter()) {
      answering.later(429, "as many requests wait as may; send this one later");
      return;
    }
    boolean waits = false;
    try {
      Optional<Arrival> arrival = arrival(exchange, answering);
      waits = arrival.isPresent() && desk.put(arrival.get());
      if (arrival.isPresent() && !waits) {
        answering.later(
            desk.isClosed() ? 503 : 429, "there is no room for the request; send it later");
      }
    } catch (IOException broken) {
      exchange.close();
    } finally {
      if (!waits) {
        desk.leave();
      }
    }
  }

  private boolean isTurnedAway(HttpExchange exchange, Answering answering) {
    if (!exchange.getRequestURI().getPath().equals(config.path())) {
      answering.turnedAway(404, "there is nothing at this path");
      return true;
    }
    if (!config.allowed().contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", String.join(", ", config.allowed()));
      answering.turnedAway(405, "this method is not taken");
      return true;
    }
    if (config.auth().isPresent()) {
      Auth auth = config.auth().get();
      String said = exchange.getRequestHeaders().getFirst(auth.header());
      if (!auth.accepts(Optional.ofNullable(said))) {
        if (auth.apiKey().isEmpty()) {
          exchange.getResponseHeaders().set("WWW-Authenticate", auth.challenge());
        }
        answering.turnedAway(401, "say who you are");
        return true;
      }
    }
    String encoding = encoding(exchange);
    if (!encoding.equals("identity") && !encoding.equals("gzip")) {
      answering.turnedAway(415, "a request is not packed, or packed by gzip");
      return true;
    }
    if (length(exchange) > config.maxRecord().bytes()) {
      answering.turnedAway(413, tooLarge());
      return true;
    }
    return false;
  }

  /** How long the request says it is; 0 where it does not say. */
  private static long length(HttpExchange exchange) {
    String said = exchange.getRequestHeaders().getFirst("Content-Length");
    if (said == null || !said.matches("[0-9]+")) {
      return 0;
    }
    return said.length() > 18 ? Long.MAX_VALUE : Long.parseLong(said);
  }

  private String tooLarge() {
    return "a request has at most " + config.maxRecord().bytes() + " bytes";
  }

  private static String encoding(HttpExchange exchange) {
    String said = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return said == null ? "identity" : said.strip().toLowerCase(Locale.ROOT);
  }

  /** The request once it is there whole; empty where it was answered. */
  private Optional<Arrival> arrival(HttpExchange exchange, Answering answering) throws IOException {
    int most = (int) Math.min(config.maxRecord().bytes(), Integer.MAX_VALUE - 16L);
    byte[] raw;
    try (InputStream in = exchange.getRequestBody()) {
      raw = in.readNBytes(most + 1);
    }
    if (raw.length > most) {
      answering.turnedAway(413, tooLarge());
      return Optional.empty();
    }
    byte[] body = raw;
    if (encoding(exchange).equals("gzip")) {
      try {
        body = Gzip.unpacked(raw, most + 1);
      } catch (IOException damaged) {
        BlockCheck.Bad bad =
            new BlockCheck.Bad(ProblemCode.D108, "the request is no whole gzip file", 1);
        return Optional.of(of(exchange, raw, new BlockCheck.Found(0, List.of(bad), 1)));
      }
      if (body.length > most) {
        answering.turnedAway(413, tooLarge() + ", unpacked");
        return Optional.empty();
      }
    }
    return Optional.of(of(exchange, body, found(body)));
  }

  private Arrival of(HttpExchange exchange, byte[] body, BlockCheck.Found found) {
    RequestMeta meta = RequestMeta.of(exchange, clock.micros());
    return new Arrival(exchange, body, meta, found.rows(), found.bad(), found.badCount());
  }

  private BlockCheck.Found found(byte[] body) {
    BlockCheck waiting = idle.poll();
    BlockCheck check = waiting == null ? checks.get() : waiting;
    BlockCheck.Found found = check.check(body, TOLD);
    idle.add(check);
    if (found.rows() > 0 || found.badCount() > 0) {
      return found;
    }
    BlockCheck.Bad empty = new BlockCheck.Bad(ProblemCode.D101, "the request holds no record", 1);
    return new BlockCheck.Found(0, List.of(empty), 1);
  }
}
