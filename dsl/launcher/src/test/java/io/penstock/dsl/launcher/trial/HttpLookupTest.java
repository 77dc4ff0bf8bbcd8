package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines that ask a server for each row. */
@Timeout(120)
final class HttpLookupTest {
  private static final Map<String, String> PEOPLE =
      Map.of(
          "/people/ann%40example.com", "{\n  \"name\": \"Ann\",\n  \"tier\": 2\n}",
          "/people/bob%2F..%2Fx", "{\"name\":\"Bob\",\"tier\":1}");

  @TempDir Path folder;
  private HttpServer server;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile ToIntFunction<String> status = path -> PEOPLE.containsKey(path) ? 200 : 404;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    Files.writeString(
        folder.resolve("rows.jsonl"),
        """
        {"id":1,"email":"ann@example.com","unused":1}
        {"id":2,"email":"bob/../x","unused":1}
        {"id":3,"email":"nobody","unused":1}
        {"id":4,"email":"ann@example.com","unused":1}
        {"id":5,"unused":1}
        """);
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    byte[] text = PEOPLE.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    int code = status.applyAsInt(path);
    exchange.sendResponseHeaders(code, text.length == 0 ? -1 : text.length);
    if (text.length > 0) {
      exchange.getResponseBody().write(text);
    }
    exchange.close();
  }

  private String pipeline(String options, String rest) {
    return """
        sources:
          rows:
            file: rows.jsonl
            schema: { id: int, email: optional string, unused: int }
        transforms:
          person:
            lookup:
              http: { url: "http://localhost:%d/people/{email}", retry: { first: 10ms, give_up_after: 50ms } }
              schema: { name: string, tier: int }
              take: { who: name }
              %s
          slim:
            select: [id, who]
        sinks:
          out: { file: out.jsonl }
        %s
        """
        .formatted(server.getAddress().getPort(), options, rest);
  }

  private Outcome run(String text, String... arguments) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), text);
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add("pipeline.yaml");
    return new Terminal(folder).run(words.toArray(String[]::new));
  }

  private List<String> rows() throws IOException {
    return Files.readAllLines(folder.resolve("out.jsonl"));
  }

  @Test
  void rowsKeepTheirOrderAndEqualKeysAreAskedForOnceInBothModes() throws IOException {
    for (String mode : List.of("continuous", "micro_batch")) {
      asked.clear();
      Outcome outcome =
          run(
              pipeline("missing: keep", ""),
              "--mode",
              mode,
              "--state",
              folder.resolve("state-" + mode).toString(),
              "--fresh");

      assertEquals(0, outcome.code(), outcome::all);
      assertEquals(
          List.of(
              "{\"id\":1,\"who\":\"Ann\"}",
              "{\"id\":2,\"who\":\"Bob\"}",
              "{\"id\":3,\"who\":null}",
              "{\"id\":4,\"who\":\"Ann\"}",
              "{\"id\":5,\"who\":null}"),
          rows());
      assertEquals(
          List.of("/people/ann%40example.com", "/people/bob%2F..%2Fx", "/people/nobody"),
          List.copyOf(new TreeSet<>(asked)));
      assertEquals(3, asked.size(), asked::toString);
      Files.delete(folder.resolve("out.jsonl"));
    }
  }

  @Test
  void whatIsNotThereIsDroppedOrFails() throws IOException {
    Outcome dropped = run(pipeline("missing: drop", ""));
    assertEquals(0, dropped.code(), dropped::all);
    assertEquals(3, rows().size(), rows()::toString);

    Outcome failed = run(pipeline("missing: fail", ""));
    assertEquals(8, failed.code(), failed::all);
    assertTrue(failed.all().contains("D221"), failed::all);
    assertTrue(failed.all().contains("pipeline.yaml:6:3"), failed::all);
  }

  @Test
  void aServerThatGivesNoAnswerMakesDeadLettersOfItsRows() throws IOException {
    status = path -> path.contains("bob") ? 503 : PEOPLE.containsKey(path) ? 200 : 404;

    Outcome outcome = run(pipeline("missing: keep", "dead_letter: { file: dead.jsonl }"));

    assertEquals(0, outcome.code(), outcome::all);
    assertEquals(4, rows().size(), rows()::toString);
    List<String> dead = Files.readAllLines(folder.resolve("dead.jsonl"));
    assertEquals(1, dead.size(), dead::toString);
    assertTrue(dead.get(0).contains("\"code\":\"D223\""), dead::toString);
    assertTrue(dead.get(0).contains("answered 503"), dead::toString);
    assertTrue(dead.get(0).contains("\"unused\":1"), dead::toString);
    assertTrue(dead.get(0).contains("\"email\":\"bob/../x\""), dead::toString);
    assertTrue(asked.stream().filter(path -> path.contains("bob")).count() > 1, asked::toString);
  }

  @Test
  void whoeverAsksAndMayNotEndsTheRun() throws IOException {
    status = path -> 401;
    Outcome outcome = run(pipeline("", "dead_letter: { file: dead.jsonl }"));

    assertEquals(6, outcome.code(), outcome::all);
    assertTrue(outcome.all().contains("R210"), outcome::all);
    assertTrue(outcome.all().contains("answered 401"), outcome::all);
    assertTrue(outcome.all().contains("check `auth`"), outcome::all);
  }

  @Test
  void theFileIsCheckedWithoutAskingAndSaysThatAnswersMayDiffer() throws IOException {
    Outcome good = run(pipeline("", ""), "validate");
    assertEquals(0, good.code(), good::all);
    assertTrue(
        good.all()
            .contains("`person` asks outside: rows that are read again may get other answers"),
        good::all);
    Outcome plan = run(pipeline("", ""), "explain");
    assertTrue(plan.all().contains("ask http by email, take who = name, missing: keep"), plan::all);
    assertEquals(List.of(), asked);

    Outcome connected = run(pipeline("", ""), "validate", "--connect");
    assertEquals(0, connected.code(), connected::all);
    server.stop(0);
    Outcome refused = run(pipeline("", ""), "validate", "--connect");
    assertEquals(2, refused.code(), refused::all);
    assertTrue(refused.all().contains("R222"), refused::all);
  }

  @Test
  void aTraceShowsWhatWasFound() throws IOException {
    Outcome found = run(pipeline("missing: drop", ""), "trace", "--record", "1");
    assertTrue(found.all().contains("Ann"), found::all);
    Outcome left = run(pipeline("missing: drop", ""), "trace", "--record", "3");
    assertTrue(left.all().contains("left here: there is nothing of it"), left::all);
  }

  @Test
  void testsOfAPipelineGiveTheAnswersAndAskNobody() throws IOException {
    String text =
        pipeline("missing: drop\n      remember: 1m", "dead_letter: { file: dead.jsonl }");
    Files.writeString(folder.resolve("pipeline.yaml"), text);
    String test =
        """
        pipeline: pipeline.yaml
        tests:
          - name: people are found by their address
            given:
              rows:
                - { id: 1, email: ann@example.com, unused: 0 }
                - { id: 2, email: bob@example.com, unused: 0 }
                - { id: 3, email: eve@example.com, unused: 0 }
                - { id: 4, email: ann@example.com, unused: 0 }
            lookups:
              person:
                - { for: { email: ann@example.com }, answer: { name: Ann, tier: 1 } }
                - { for: { email: eve@example.com }, fails: silence }
            then:
              out: [ { id: 1, who: Ann }, { id: 4, who: Ann } ]
              dead_letter: [ { step: person, code: D223, message: silence } ]
        """;
    Files.writeString(folder.resolve("pipeline.test.yaml"), test);

    Outcome outcome = new Terminal(folder).run("test", "pipeline.test.yaml");

    assertEquals(0, outcome.code(), outcome::all);
    assertEquals(List.of(), asked);

    Files.writeString(
        folder.resolve("pipeline.test.yaml"),
        test.replace("person:", "persn:")
            .replace("- { for: { email: eve", "- { four: { email: eve"));
    Outcome unknown = new Terminal(folder).run("test", "pipeline.test.yaml");
    assertEquals(2, unknown.code(), unknown::all);
    assertTrue(unknown.all().contains("the pipeline has no lookup `persn`"), unknown::all);

    Files.writeString(
        folder.resolve("pipeline.test.yaml"),
        test.replace("fails: silence", "says: silence").replace("name: Ann,", "nam: Ann,"));
    Outcome wrong = new Terminal(folder).run("test", "pipeline.test.yaml");
    assertEquals(2, wrong.code(), wrong::all);
    assertTrue(
        wrong.all().contains("what a lookup finds must be a map of `for`, and of `answer` or"),
        wrong::all);
    assertTrue(wrong.all().contains("unknown field `nam`"), wrong::all);
  }
}
