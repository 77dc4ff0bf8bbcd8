package io.penstock.connectors.http;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockCheck;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.ServerTls;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A source that listens, read as the engine reads it, and somebody who sends. */
final class ServerTrial implements AutoCloseable {
  private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT));

  private final int port = Ports.free();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private Source source;
  private Reader reader;
  private long number = 7;

  ServerTrial() throws IOException {
    this(Changes.NONE);
  }

  ServerTrial(Changes changes) throws IOException {
    this(changes, Optional.empty(), new MemoryDisk());
  }

  ServerTrial(Changes changes, Optional<ServerTls> tls, MemoryDisk disk) throws IOException {
    source = changes.of(port, tls).source();
    source.open(
        new SourceContext(
            "hooks",
            disk,
            new Folder(Path.of("/data")),
            new ManualClock(0),
            0,
            Set.of("method", "query", "headers", "remote"),
            InputStream.nullInputStream(),
            new Threads(),
            Schema.anything()));
    FormatConfig format = changes.format();
    reader =
        source.reader(
            new ReaderContext(
                new ManualClock(5_000_000),
                () -> format.format().splitter(1 << 20),
                () -> new BlockCheck(format.format(), Format.Decoding.of(SCHEMA)),
                1 << 20));
    reader.assign(HttpServerSource.REQUESTS, new Position(number, new TreeMap<>()), Bound.NONE);
  }

  /** Options that are not the usual ones. */
  record Changes(
      FormatConfig format,
      Optional<Auth> auth,
      Optional<HttpServerConfig.Reply> reply,
      int inFlight,
      long maxRecord,
      List<String> methods) {
    static final Changes NONE =
        new Changes(
            new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE),
            Optional.empty(),
            Optional.empty(),
            1000,
            1 << 20,
            List.of("POST"));

    Changes format(FormatConfig given) {
      return new Changes(given, auth, reply, inFlight, maxRecord, methods);
    }

    Changes auth(Auth given) {
      return new Changes(format, Optional.of(given), reply, inFlight, maxRecord, methods);
    }

    Changes reply(HttpServerConfig.Reply given) {
      return new Changes(format, auth, Optional.of(given), inFlight, maxRecord, methods);
    }

    Changes inFlight(int given) {
      return new Changes(format, auth, reply, given, maxRecord, methods);
    }

    Changes maxRecord(long given) {
      return new Changes(format, auth, reply, inFlight, given, methods);
    }

    Changes methods(String... given) {
      return new Changes(format, auth, reply, inFlight, maxRecord, List.of(given));
    }

    HttpServerConfig of(int port) {
      return of(port, Optional.empty());
    }

    HttpServerConfig of(int port, Optional<ServerTls> tls) {
      return new HttpServerConfig(
          "localhost:" + port,
          "/in",
          Optional.of(format),
          Optional.of(new OneOrMany<>(methods)),
          auth,
          tls,
          reply,
          inFlight,
          DataSize.mebibytes(64),
          Duration.ofSeconds(30),
          new DataSize(maxRecord));
    }
  }

  int port() {
    return port;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> post(String body) {
    return send(request("/in?a=b%20c").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> post(byte[] body, String encoding) {
    return send(
        request("/in")
            .header("Content-Encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** Reads until so many requests were handed on. */
  void read(int requests) throws IOException {
    long wanted = reader.position(HttpServerSource.REQUESTS).offset() + requests;
    for (int i = 0; i < 200 && reader.position(HttpServerSource.REQUESTS).offset() < wanted; i++) {
      Reader.Step unused =
          reader.next(out(), new Reader.Limits(4096, 1 << 20), Duration.ofMillis(100));
    }
    if (reader.position(HttpServerSource.REQUESTS).offset() != wanted) {
      throw new AssertionError("not as many requests came: " + requests);
    }
  }

  /** Whether nothing is there to be read. */
  boolean isEmpty() throws IOException {
    return reader.next(out(), new Reader.Limits(4096, 1 << 20), Duration.ofMillis(50))
        == Reader.Step.NOTHING_NOW;
  }

  /** Decides what was handed on so far. */
  void decide() throws IOException {
    Position at = reader.position(HttpServerSource.REQUESTS);
    source.decided(++number, Map.of(HttpServerSource.REQUESTS, at));
  }

  /** The bodies that were handed on. */
  List<String> bodies() {
    List<String> bodies = new ArrayList<>();
    for (Block block : blocks) {
      for (int i = 0; i < block.records().orElseThrow().size(); i++) {
        Block one = block.record(i);
        bodies.add(
            new String(one.bytes(), one.from(), one.to() - one.from(), StandardCharsets.UTF_8));
      }
    }
    return bodies;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** Requests that were no records: position, code, message, bytes. */
  List<String> bad() {
    return bad;
  }

  private Out out() {
    return new Out() {
      @Override
      public void block(Block block) {
        blocks.add(block);
      }

      @Override
      public void rows(io.penstock.api.data.Batch rows) {
        throw new AssertionError(rows);
      }

      @Override
      public void bad(
          io.penstock.api.source.Split split,
          long position,
          long line,
          byte[] raw,
          long rawBytes,
          ProblemCode code,
          String message) {
        bad.add(position + " " + code + " " + message + ": " + rawBytes);
      }
    };
  }

  @Override
  public void close() throws IOException {
    reader.close();
    source.close();
  }

  /** Threads as the process has them. */
  private static final class Threads implements Scheduler {
    @Override
    public Handle start(String name, Runnable work) {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      thread.start();
      return atMost -> {
        thread.join(Math.max(1, atMost.toMillis()));
        return !thread.isAlive();
      };
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Thread.sleep(duration.toMillis());
    }
  }

  /** Paths below a root. */
  record Folder(Path root) implements io.penstock.api.system.Files {
    @Override
    public Path resolve(String written) {
      return root.resolve(written);
    }

    @Override
    public String shown(Path path) {
      return path.toString();
    }
  }
}
