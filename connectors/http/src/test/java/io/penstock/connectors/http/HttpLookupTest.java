package io.penstock.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.http.Receiver.Got;
import io.penstock.connectors.http.Receiver.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a server for a row, and what its answers mean. */
final class HttpLookupTest {
  private Receiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
    receiver.always(request -> reply(200, "{\"tier\":1}"));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private LookupTrial lookup() {
    return new LookupTrial(receiver.url("/people/"), "");
  }

  private static Reply reply(int status, String body) {
    return new Reply(status, Map.of(), body);
  }

  @Test
  void valuesArePartsOfTheUrlAndNeverChangeItsShape() throws IOException {
    List<String> said = lookup().ask("ann@example.com", "a/b?c=d#e", "ü");

    assertEquals(List.of("{\"tier\":1}", "{\"tier\":1}", "{\"tier\":1}"), said);
    assertEquals(
        new TreeSet<>(
            List.of("/people/ann%40example.com", "/people/a%2Fb%3Fc%3Dd%23e", "/people/%C3%BC")),
        new TreeSet<>(receiver.got().stream().map(Got::path).toList()));
    assertEquals("GET", receiver.got().get(0).method());
  }

  @Test
  void aValueThatLeadsOutOfThePathIsNotAskedFor() throws IOException {
    List<String> said = lookup().ask("..");

    assertTrue(said.get(0).startsWith("D304 the row's URL"), said::toString);
    assertEquals(List.of(), receiver.got());
  }

  @Test
  void aHostOfDataMustBePublicOrListed() throws IOException {
    String port = ":" + receiver.port();
    List<String> said = new LookupTrial("http://", port + "/x").ask("localhost");
    assertTrue(said.get(0).startsWith("D304 the host `localhost`"), said::toString);
    assertEquals(List.of(), receiver.got());

    LookupTrial listed = new LookupTrial("http://", port + "/x").hosts("localhost");
    assertEquals(List.of("{\"tier\":1}"), listed.ask("localhost"));
  }

  @Test
  void headersAreMadeOfValuesToo() throws IOException {
    lookup().header("X-Name", SinkTrial.named("<", ">")).ask("ann");

    assertEquals("<ann>", receiver.got().get(0).headers().getFirst("X-Name"));
  }

  @Test
  void asManyRequestsAsAllowedAreUnderWay() throws IOException {
    CountDownLatch three = new CountDownLatch(3);
    receiver.always(
        request -> {
          three.countDown();
          try {
            assertTrue(three.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return reply(200, "{\"tier\":1}");
        });

    assertEquals(40, lookup().inFlight(3).ask(SinkTrial.names(40)).size());
    assertEquals(3, receiver.most());
    assertEquals(40, receiver.got().size());
  }

  @Test
  void nothingIsSaidInManyWays() throws IOException {
    for (Reply nothing :
        List.of(
            Reply.of(404),
            Reply.of(410),
            Reply.of(204),
            reply(200, ""),
            reply(200, "null"),
            reply(200, "[]"))) {
      receiver.answer(nothing);
      assertEquals(List.of("nothing"), lookup().ask("ann"), nothing::toString);
    }
    receiver.answer(reply(200, "{\"data\":{\"people\":null}}"));
    assertEquals(List.of("nothing"), lookup().records("data.people").ask("ann"));
  }

  @Test
  void oneRecordOfAListIsTakenAndSeveralAreAFailure() throws IOException {
    receiver.answer(reply(200, "[\n  { \"tier\": 2.50 }\n]"));
    assertEquals(List.of("{\"tier\":2.50}"), lookup().ask("ann"));

    receiver.answer(reply(200, "{\"people\":[{\"tier\":1},{\"tier\":2}]}"));
    List<String> said = lookup().records("people").ask("ann");
    assertTrue(said.get(0).startsWith("D224 "), said::toString);
    assertTrue(said.get(0).endsWith("answered with 2 records, not one"), said::toString);
  }

  @Test
  void anAnswerThatIsNoJsonOrTooLargeIsAFailure() throws IOException {
    receiver.answer(reply(200, "<html>"));
    assertTrue(lookup().ask("ann").get(0).startsWith("D101 "));

    receiver.answer(reply(200, "{\"tier\":1000000000}"));
    List<String> said = lookup().maxRecord(10).ask("ann");
    assertTrue(said.get(0).startsWith("D107 "), said::toString);
  }

  @Test
  void whatMayPassIsAskedForAgain() throws IOException {
    receiver.answer(
        Reply.of(503), new Reply(429, Map.of("Retry-After", "7"), ""), reply(200, "{\"tier\":3}"));
    LookupTrial trial = lookup();

    assertEquals(List.of("{\"tier\":3}"), trial.ask("ann"));
    Duration waited = trial.waits().stream().reduce(Duration.ZERO, Duration::plus);
    assertEquals(Duration.ofMillis(7200), waited);
  }

  @Test
  void whoGivesNoAnswerForTooLongFailsTheRowAndIsNotWaitedForAnew() throws IOException {
    receiver.always(request -> Reply.of(503));
    LookupTrial trial = lookup().inFlight(1).giveUp(Duration.ofMillis(900));

    List<String> said = trial.ask("a", "b", "c");

    assertTrue(said.get(0).startsWith("D223 "), said::toString);
    assertTrue(said.get(0).endsWith("answered 503, the last of 3 times"), said::toString);
    assertTrue(said.get(2).endsWith("answered 503"), said::toString);
    assertEquals(6, receiver.got().size());
  }

  @Test
  void whatAStatusSaysOfTheRowIsNotAskedForAgain() throws IOException {
    receiver.answer(reply(400, "no such form"));
    List<String> said = lookup().ask("ann");
    assertTrue(said.get(0).startsWith("D223 "), said::toString);
    assertTrue(said.get(0).endsWith("answered 400 (no such form)"), said::toString);

    receiver.answer(Reply.of(404));
    List<String> refused = lookup().giveUp(Duration.ofMinutes(1), 404).ask("ann");
    assertTrue(refused.get(0).endsWith("answered 404"), refused::toString);
    assertEquals(2, receiver.got().size());
  }

  @Test
  void whatIsAboutThePipelineEndsTheRun() {
    for (Reply reply :
        List.of(Reply.of(401), new Reply(302, Map.of("Location", "http://else.where/"), ""))) {
      receiver.answer(reply);
      PipelineException ended = assertThrows(PipelineException.class, () -> lookup().ask("ann"));
      assertEquals(ProblemCode.R210, ended.problem().code());
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedAgainAndThenFailsTheRow() throws IOException {
    LookupTrial trial = new LookupTrial(Receiver.nobody(), "").giveUp(Duration.ofSeconds(1));

    List<String> said = trial.ask("ann");

    assertTrue(said.get(0).startsWith("D223 "), said::toString);
    assertTrue(said.get(0).contains("cannot be reached"), said::toString);
    assertTrue(trial.waits().size() > 1, trial.waits()::toString);
  }

  @Test
  void whenNobodyWantsAnswersItReturns() throws IOException {
    receiver.always(request -> Reply.of(503));
    LookupTrial trial = lookup();

    assertEquals(List.of(), trial.abandoned(() -> trial.waits().size() > 2).ask("ann"));
  }

  @Test
  void theServerOfATemplateIsKnownWhereTheFileSaysIt() {
    assertEquals(
        "http://localhost:80",
        UrlRules.server(SinkTrial.named("http://localhost:80/x/", "")).orElseThrow());
    assertEquals(
        "https://a.b", UrlRules.server(SinkTrial.named("https://a.b?q=", "")).orElseThrow());
    assertTrue(UrlRules.server(SinkTrial.named("http://", "/x")).isEmpty());
    assertTrue(UrlRules.server(SinkTrial.named("http://api.", ".example.com/x")).isEmpty());
  }
}
