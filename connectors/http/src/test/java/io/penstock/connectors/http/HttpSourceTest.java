package io.penstock.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Reader;
import io.penstock.connectors.http.ByteProxy.Fault;
import io.penstock.connectors.http.Receiver.Got;
import io.penstock.connectors.http.Receiver.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HttpSourceTest {
  private Receiver server;

  @BeforeEach
  void listen() throws IOException {
    server = new Receiver();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SourceTrial source(String path) {
    return new SourceTrial(server.url(path));
  }

  private static Reply json(String body) {
    return new Reply(200, Map.of(), body);
  }

  private List<String> paths() {
    return server.got().stream().map(Got::path).toList();
  }

  @Test
  void aStatusThatIsAboutWhatIsAskedForIsARecordThatIsNone() throws IOException {
    server.answer(json("[{\"id\":1}]"), Reply.of(404), json("[{\"id\":2}]"));
    SourceTrial source = source("/a?key=secret").every(Duration.ofMinutes(1)).giveUpOn(404);

    source.rounds(3);

    assertEquals(List.of("[{\"id\":1}]", "[{\"id\":2}]"), source.bodies());
    assertEquals(List.of("D380@1 `" + server.url("/a") + "?...` answered 404"), source.bad());
    assertEquals(Duration.ofMinutes(2), source.waited());
  }

  @Test
  void withoutEveryItAsksOnceAndEnds() throws IOException {
    server.answer(json("[{\"id\":1},{\"id\":2}]"));
    SourceTrial source = source("/a?x=1");

    assertEquals(Reader.Step.ENDED, source.rounds(2));

    assertEquals(List.of("[{\"id\":1},{\"id\":2}]"), source.bodies());
    assertEquals(List.of("/a?x=1"), paths());
    assertEquals("yes", server.got().get(0).headers().getFirst("X-Own"));
    assertEquals(1, source.at().offset());
  }

  @Test
  void asksAgainAsOftenAsItIsSaidAndNothingNewIsNothing() throws IOException {
    server.answer(
        new Reply(
            200,
            Map.of("ETag", "\"v1\"", "Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"),
            "[{\"id\":1}]"),
        Reply.of(304),
        json("[]"),
        json("[{\"id\":2}]"));
    SourceTrial source = source("/a").every(Duration.ofMinutes(1));

    source.rounds(4);

    assertEquals(List.of("[{\"id\":1}]", "[{\"id\":2}]"), source.bodies());
    assertEquals(List.of(0L, 1L), source.positions());
    assertEquals(Duration.ofMinutes(3), source.waited());
    assertEquals("\"v1\"", server.got().get(1).headers().getFirst("If-None-Match"));
    assertEquals("\"v1\"", server.got().get(2).headers().getFirst("If-None-Match"));
    assertEquals(
        "Thu, 01 Jan 2026 00:00:00 GMT",
        server.got().get(2).headers().getFirst("If-Modified-Since"));
    assertEquals(null, server.got().get(3).headers().getFirst("If-None-Match"));
  }

  @Test
  void goesOnWithItsValidatorsAndItsCursorAfterARestart() throws IOException {
    server.answer(json("[{\"id\":9},{\"id\":10}]"), json("[{\"id\":10},{\"id\":11}]"), json("[]"));
    SourceTrial source =
        source("/a?since=x&b=c").every(Duration.ofSeconds(1)).cursor("id", "since", "0");

    source.rounds(1);
    source.rounds(1);
    source.rounds(1);

    assertEquals(List.of("/a?b=c&since=0", "/a?b=c&since=10", "/a?b=c&since=11"), paths());
    assertEquals(2, source.bodies().size());
  }

  @Test
  void pagesByTheLinkHeaderAreReadToTheLast() throws IOException {
    server.answer(
        new Reply(
            200,
            Map.of("Link", "<" + server.url("/a?p=0") + ">; rel=\"prev\", </a?p=2>; rel=\"next\""),
            "[{\"id\":1}]"),
        new Reply(200, Map.of("Link", "<?p=3>; rel=next; title=x"), "[{\"id\":2}]"),
        json("[{\"id\":3}]"));
    SourceTrial source = source("/a").pages(Pages.By.LINK, "", "");

    assertEquals(Reader.Step.ENDED, source.read(9));

    assertEquals(List.of("/a", "/a?p=2", "/a?p=3"), paths());
    assertEquals(3, source.bodies().size());
  }

  @Test
  void recordsInsideAnAnswerComeOneByOneAndPagesByTokenGoOnInTheMiddle() throws IOException {
    server.answer(
        json("{\"data\":[{\"id\":1},{ \"id\": 2.0e0 }],\"next\":\"t/2\"}"),
        json("{\"data\":[{\"id\":3}],\"next\":null}"),
        json("{\"data\":null}"));
    SourceTrial source =
        source("/a")
            .every(Duration.ofHours(1))
            .records("data")
            .pages(Pages.By.TOKEN, "next", "token");

    source.read(1);
    assertEquals("t/2", source.at().evidence().get("page"));
    source.read(1);
    source.rounds(1);

    assertEquals(List.of("{\"id\":1}", "{\"id\":2.0e0}", "{\"id\":3}"), source.bodies());
    assertEquals(List.of(0L, 1L, 2L), source.positions());
    assertEquals(List.of("/a", "/a?token=t%2F2", "/a"), paths());
  }

  @Test
  void pagesByNumberAndByOffsetEndWithAnEmptyOne() throws IOException {
    server.answer(json("[{\"id\":1},{\"id\":2}]"), json("[{\"id\":3}]"), json("[]"));
    assertEquals(Reader.Step.ENDED, source("/a").pages(Pages.By.NUMBER, "", "page").read(9));
    server.answer(json("[{\"id\":1},{\"id\":2}]"), json("[{\"id\":3}]"), json("[]"));
    assertEquals(Reader.Step.ENDED, source("/b").pages(Pages.By.OFFSET, "", "skip").read(9));

    assertEquals(
        List.of("/a?page=1", "/a?page=2", "/a?page=3", "/b?skip=0", "/b?skip=2", "/b?skip=3"),
        paths());
  }

  @Test
  void pagesOfOtherServersPagesWithoutEndAndPagesThatNameThemselvesAreRefused() {
    server.answer(json("{\"data\":[],\"next\":\"http://127.0.0.2:1/x\"}"));
    assertTrue(
        refused(source("/a").records("data").pages(Pages.By.NEXT, "next", ""))
            .contains("of another server"));
    server.always(request -> json("{\"data\":[],\"next\":\"/same\"}"));
    assertTrue(
        refused(source("/a").records("data").pages(Pages.By.NEXT, "next", ""))
            .contains("names itself"));
    server.always(request -> json("[{\"id\":1}]"));
    assertTrue(refused(source("/a").pages(Pages.By.NUMBER, "", "p")).contains("more than 5 pages"));
  }

  private static String refused(SourceTrial source) {
    PipelineException refused = assertThrows(PipelineException.class, () -> source.read(100));
    assertEquals(ProblemCode.R210, refused.problem().code());
    return refused.problem().message();
  }

  @Test
  void redirectsOfOneServerAreFollowedAndOthersAreNot() throws IOException {
    server.answer(new Reply(302, Map.of("Location", "/b"), ""), json("[{\"id\":1}]"));
    assertEquals(Reader.Step.ENDED, source("/a").read(9));
    assertEquals(List.of("/a", "/b"), paths());

    server.answer(new Reply(302, Map.of("Location", "http://169.254.169.254/latest"), ""));
    assertTrue(refused(source("/a")).contains("leads to another server"));
    server.always(request -> new Reply(302, Map.of("Location", "/a"), ""));
    assertTrue(refused(source("/a")).contains("leads on and on"));
  }

  @Test
  void whatMayPassIsAskedAgainAndWhatMayNotEndsTheRun() throws IOException {
    server.answer(
        Reply.of(503), new Reply(429, Map.of("Retry-After", "9"), ""), json("[{\"id\":1}]"));
    SourceTrial source = source("/a");
    source.read(9);
    assertEquals(1, source.bodies().size());
    assertEquals(Duration.ofMillis(9200), source.waited());

    server.always(request -> Reply.of(403));
    assertTrue(refused(source("/a?key=secret")).contains("answered 403"));
    assertTrue(!refused(source("/a?key=secret")).contains("secret"));
    server.always(request -> Reply.of(500));
    SourceTrial patient = source("/a");
    assertTrue(refused(patient).contains("answered 500, the last of "));
    assertTrue(patient.waited().compareTo(Duration.ofMinutes(9)) > 0);
  }

  @Test
  void anAnswerThatIsTooLongOrHasNoRecordsWhereTheyShouldBeEndsTheRun() {
    server.always(request -> json("[" + "{\"id\":1},".repeat(1000) + "{\"id\":2}]"));
    assertTrue(refused(source("/a").maxRecord(100)).contains("more bytes than `max_record`"));
    assertTrue(refused(source("/a").records("data")).contains("`data` is not in the answer"));
    server.always(request -> json("<html>"));
    assertTrue(refused(source("/a").records("data")).contains("is no JSON"));
    server.always(request -> json("[{\"id\":1},{\"name\":2}]"));
    assertTrue(refused(source("/a").cursor("id", "since", "0")).contains("has no `id`"));
  }

  @Test
  void aBatchAsksOnceAndTheNextOneOnceMore() throws IOException {
    server.always(request -> json("[{\"id\":1}]"));
    SourceTrial source = source("/a").every(Duration.ofSeconds(1));

    assertEquals(Reader.Step.ENDED, source.batch());
    assertEquals(1, server.got().size());
    assertEquals(Reader.Step.ENDED, source.batch());
    assertEquals(2, server.got().size());
  }

  @Test
  void connectionsThatBreakAreMadeAgain() throws IOException {
    server.always(request -> json("[{\"id\":1}]"));
    try (ByteProxy proxy = new ByteProxy(server.port())) {
      proxy.next(Fault.CUT_REQUEST, Fault.CUT_ANSWER);
      SourceTrial source = new SourceTrial(proxy.url("/a"));

      assertEquals(Reader.Step.ENDED, source.read(9));
      assertEquals(1, source.bodies().size());
    }
  }
}
