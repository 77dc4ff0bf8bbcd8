package io.penstock.connectors.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** A server that notes what comes and answers as it is told: 200 where it is told nothing. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Got> got = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private Function<Got, Reply> always = request -> new Reply(200, Map.of(), "");
  private int now;
  private int most;

  /** A request. */
  record Got(String method, String path, Headers headers, String body) {
    String key() {
      return headers.getFirst("Idempotency-Key");
    }

    List<String> lines() {
      return body.lines().toList();
    }
  }

  /** An answer. */
  record Reply(int status, Map<String, String> headers, String body) {
    static Reply of(int status) {
      return new Reply(status, Map.of(), "");
    }
  }

  Receiver() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  Receiver(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://localhost:" + port() + path;
  }

  /** The next requests are answered so. */
  synchronized void answer(Reply... next) {
    replies.addAll(List.of(next));
  }

  synchronized void always(Function<Got, Reply> answers) {
    always = answers;
  }

  synchronized List<Got> got() {
    return List.copyOf(got);
  }

  /** How many requests were there at once. */
  synchronized int most() {
    return most;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    Got request =
        new Got(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            new String(body, StandardCharsets.UTF_8));
    Reply reply = reply(request);
    reply.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
    left();
    exchange.sendResponseHeaders(reply.status(), text.length == 0 ? -1 : text.length);
    if (text.length > 0) {
      exchange.getResponseBody().write(text);
    }
    exchange.close();
  }

  private Reply reply(Got request) {
    Function<Got, Reply> answers;
    synchronized (this) {
      got.add(request);
      now++;
      most = Math.max(most, now);
      if (!replies.isEmpty()) {
        return replies.remove();
      }
      answers = always;
    }
    return answers.apply(request);
  }

  private synchronized void left() {
    now--;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The address of a port at which nobody listens. */
  static String nobody() {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return "http://localhost:" + socket.getLocalPort() + "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
