package io.penstock.dsl.launcher.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that outlives the runs that send to it, and notes every request under its key. Some it
 * does not take, of some it takes nobody hears.
 */
final class KeyedReceiver implements AutoCloseable {
  private static final int NOT_TAKEN = 3;
  private static final int NOT_ANSWERED = 3;
  private static final int OF = 100;
  private static final int MOST_PAUSE_MILLIS = 12;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Random chance;
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private int requests;
  private int others;

  KeyedReceiver(long seed) throws IOException {
    this.chance = new Random(seed);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/rows";
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int drawn = note(exchange, new String(body, StandardCharsets.UTF_8));
    if (drawn < NOT_TAKEN) {
      exchange.sendResponseHeaders(503, -1);
    } else if (drawn >= NOT_TAKEN + NOT_ANSWERED) {
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  private synchronized int note(HttpExchange exchange, String body) {
    int drawn = chance.nextInt(OF);
    pause(chance.nextInt(MOST_PAUSE_MILLIS));
    if (drawn >= NOT_TAKEN) {
      requests++;
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String before = bodies.putIfAbsent(key, body);
      others += before != null && !before.equals(body) ? 1 : 0;
    }
    return drawn;
  }

  /** As a server that has something to do. */
  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many requests have come that were taken. */
  synchronized int requests() {
    return requests;
  }

  /** How many of them had a key that had come before. */
  synchronized int repeated() {
    return requests - bodies.size();
  }

  /** How many keys have come with two contents. */
  synchronized int others() {
    return others;
  }

  /** The lines that have come, those of each key once. */
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    bodies.values().forEach(body -> lines.addAll(body.lines().toList()));
    return lines;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
