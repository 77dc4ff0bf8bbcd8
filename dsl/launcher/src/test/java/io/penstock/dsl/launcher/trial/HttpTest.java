package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines that send, ask and listen. */
@Timeout(120)
final class HttpTest {
  @TempDir Path folder;
  private HttpServer server;
  private final List<String> got = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<String, Integer> status = body -> 200;
  private volatile Function<String, String> answer = path -> "";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int code = status.apply(body);
    if (code == 200) {
      got.add(body);
    }
    byte[] text =
        answer.apply(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, text.length == 0 ? -1 : text.length);
    if (text.length > 0) {
      exchange.getResponseBody().write(text);
    }
    exchange.close();
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private Outcome run(String pipeline, String... arguments) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    List<String> words = new ArrayList<>(List.of("pipeline.yaml"));
    words.addAll(List.of(arguments));
    return new Terminal(folder).run(words.toArray(String[]::new));
  }

  private List<String> lines(String path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(path))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("/_") && !file.toString().contains("/.")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }

  @Test
  void refusedRowsAreDeadLettersAndTheOthersArrive() throws IOException {
    Files.writeString(
        folder.resolve("rows.jsonl"), "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n{\"id\":4}\n");
    status = body -> body.contains("3") ? 400 : 200;
    answer = path -> "no threes";

    for (String run : List.of("", "run: { mode: continuous }\n", "run: { mode: micro_batch }\n")) {
      got.clear();
      Outcome outcome =
          run(
              """
              sources:
                rows: { file: rows.jsonl, schema: { id: int } }
              sinks:
                out:
                  http: { url: "%s/in", format: json }
              dead_letter: { file: { path: "dead-%d/", format: json } }
              %s"""
                  .formatted(url(), run.length(), run),
              "--state",
              "state-" + run.length());

      assertEquals(0, outcome.code(), outcome::all);
      assertEquals(
          List.of("{\"id\":1}", "{\"id\":2}", "{\"id\":4}"),
          got.stream().flatMap(String::lines).toList());
      assertEquals(2, got.size(), "what is delivered is not sent again: " + got);
      List<String> dead = lines("dead-" + run.length());
      assertEquals(1, dead.size(), dead::toString);
      assertTrue(dead.get(0).contains("\"code\":\"D312\""), dead::toString);
      assertTrue(dead.get(0).contains("answered 400 (no threes)"), dead::toString);
      assertTrue(dead.get(0).contains("\"row\":{\"id\":3}"), dead::toString);
    }
  }

  @Test
  void aServerThatIsDownKeepsTheEpochForTheNextStart() throws IOException {
    Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
    String pipeline =
        """
        sources:
          rows: { file: rows.jsonl, schema: { id: int } }
        sinks:
          out:
            http: { url: "%s/in", format: json, retry: { first: 10ms, give_up_after: 100ms } }
        run: { mode: continuous, delivery: at_least_once }
        """
            .formatted(url());
    status = body -> 503;
    Outcome down = run(pipeline);
    assertEquals(7, down.code(), down::all);
    assertTrue(down.all().contains("R310"), down::all);
    assertTrue(down.all().contains("answered 503"), down::all);

    status = body -> 200;
    Outcome up = run(pipeline);
    assertEquals(0, up.code(), up::all);
    assertEquals(List.of("{\"id\":1}\n{\"id\":2}\n"), got);
    Outcome again = run(pipeline);
    assertEquals(0, again.code(), again::all);
    assertEquals(1, got.size(), "a clean start sends nothing again");
  }

  @Test
  void theGuaranteeIsSaidAndExactlyOnceIsRefused() throws IOException {
    String pipeline =
        """
        sources:
          rows: { file: rows.jsonl, schema: { id: int } }
        sinks:
          out:
            http: { url: "http://localhost:1/in", format: json }
        run: { mode: continuous, delivery: %s }
        """;
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline.formatted("at_least_once"));
    Outcome good = new Terminal(folder).run("validate", "pipeline.yaml");
    assertEquals(0, good.code(), good::all);
    assertTrue(
        good.all()
            .contains(
                "at least once, because the sink `out` is not told what its receiver has: an epoch"
                    + " that was cut short is sent again, with the same keys"),
        good::all);
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline.formatted("exactly_once"));
    Outcome refused = new Terminal(folder).run("validate", "pipeline.yaml");
    assertEquals(2, refused.code(), refused::all);
    assertTrue(refused.all().contains("E501"), refused::all);
  }

  @Test
  void pagesBecomeRowsOnceAndAsATable() throws IOException {
    answer =
        path ->
            path.equals("/a")
                ? "{\"data\":[{\"id\":1,\"name\":\"one\"},{\"id\":\"x\"}],\"next\":\"/a?p=2\"}"
                : "{\"data\":[{\"id\":2,\"name\":\"two\"}]}";
    Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":2}\n");

    Outcome outcome =
        run(
            """
            tables:
              names:
                http: { url: "%1$s/a?p=2", format: json, records: data }
                schema: { id: int, name: string }
                key: id
            sources:
              rows:
                http:
                  url: "%1$s/a"
                  format: json
                  records: data
                  pages: { by: next, at: next }
                schema: { id: int }
                on_error: skip
            transforms:
              named:
                lookup: { table: names, on: { id: id }, take: { name: name }, missing: keep }
              placed:
                set: { asked: meta.url }
            sinks:
              out: { file: out.jsonl }
            """
                .formatted(url()));

    assertEquals(0, outcome.code(), outcome::all);
    assertEquals(
        List.of(
            "{\"id\":1,\"name\":null,\"asked\":\"%s/a\"}".formatted(url()),
            "{\"id\":2,\"name\":\"two\",\"asked\":\"%s/a\"}".formatted(url())),
        Files.readAllLines(folder.resolve("out.jsonl")));
  }

  @Test
  void aPolledServerIsAskedOnFromWhereARunStopped() throws IOException {
    answer = path -> path.contains("since=7") ? "[]" : "[{\"id\":5},{\"id\":7}]";
    String pipeline =
        """
        sources:
          rows:
            http:
              url: "%s/a"
              every: 50ms
              format: { json: array }
              cursor: { field: id, as: since }
            schema: { id: int }
        sinks:
          out: { file: { path: out/, format: json } }
        run: { mode: %s, checkpoint: 50ms, delivery: at_least_once }
        """;
    for (String mode : List.of("continuous", "micro_batch", "continuous")) {
      Outcome outcome = run(pipeline.formatted(url(), mode), "--until", "1s");
      assertEquals(0, outcome.code(), outcome::all);
    }
    assertEquals(List.of("{\"id\":5}", "{\"id\":7}"), lines("out"));
  }

  @Test
  void whatIsSentIsAnsweredWhenItIsThereAndDeadLettersFollowOnError() throws Exception {
    int port = Ports.free();
    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(
                    """
                    sources:
                      hooks:
                        http_server: { listen: %d, path: /in, format: json }
                        schema: { id: int }
                        on_error: dead_letter
                    transforms:
                      placed:
                        set: { how: "meta.method + ' ' + meta.headers['x-own']" }
                    sinks:
                      out: { file: { path: out/, format: json } }
                    dead_letter: { file: { path: dead/, format: json } }
                    run: { mode: continuous, checkpoint: 50ms }
                    """
                        .formatted(port),
                    "--until",
                    "6s");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    HttpResponse<String> good = sent(port, "{\"id\":1}\n{\"id\":2}\n");
    assertEquals("200 {\"rows\":2}", good.statusCode() + " " + good.body().strip());
    assertEquals(
        List.of("{\"id\":1,\"how\":\"POST a b\"}", "{\"id\":2,\"how\":\"POST a b\"}"),
        lines("out"));
    HttpResponse<String> bad = sent(port, "{\"id\":3}\n{\"id\":true}\n");
    assertEquals(400, bad.statusCode());
    assertTrue(bad.body().contains("\"line\":2"), bad.body());
    assertEquals(2, lines("out").size());
    List<String> dead = lines("dead");
    assertEquals(1, dead.size());
    assertTrue(dead.get(0).contains("\"raw\":\"{\\\"id\\\":3}\\n"), dead::toString);
    Outcome outcome = running.get();
    assertEquals(0, outcome.code(), outcome::all);
    assertFalse(outcome.showsInsides(), outcome::all);
    assertTrue(outcome.all().contains("D104"), outcome::all);
  }

  /** What is answered, as soon as somebody listens. */
  private static HttpResponse<String> sent(int port, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/in"))
            .header("X-Own", "a b")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    while (true) {
      try {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException nobodyListensYet) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void batchesOfWhatIsSentAreRefused() throws IOException {
    Outcome outcome =
        run(
            """
            sources:
              hooks:
                http_server: { listen: 18999, format: json }
                schema: { id: int }
                on_error: skip
            sinks:
              out: { file: { path: out/, format: json } }
            run: { mode: micro_batch }
            """);

    assertEquals(2, outcome.code(), outcome::all);
    assertTrue(outcome.all().contains("E502"), outcome::all);
    assertFalse(outcome.showsInsides(), outcome::all);
  }
}
