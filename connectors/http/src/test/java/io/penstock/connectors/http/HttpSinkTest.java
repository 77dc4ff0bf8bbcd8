package io.penstock.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.network.Login;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkWriter;
import io.penstock.connectors.http.Receiver.Got;
import io.penstock.connectors.http.Receiver.Reply;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpSinkTest {
  private Receiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private SinkTrial sink() {
    return new SinkTrial(receiver.url("/in"));
  }

  private static List<Integer> refused(Rejects rejects) {
    return rejects.rows().stream().map(Rejects.Reject::row).toList();
  }

  @Test
  void sendsAnEpochInRequestsOfAsManyRowsAsAreAllowed() throws IOException {
    Rejects rejects = sink().batch(2, 1 << 20).deliver("a", "b", "c", "d", "e");

    assertEquals(Rejects.NONE, rejects);
    assertEquals(
        List.of(
            "{\"id\":0,\"name\":\"a\"}\n{\"id\":1,\"name\":\"b\"}\n",
            "{\"id\":2,\"name\":\"c\"}\n{\"id\":3,\"name\":\"d\"}\n",
            "{\"id\":4,\"name\":\"e\"}\n"),
        receiver.got().stream().map(Got::body).toList());
    Got first = receiver.got().get(0);
    assertEquals("POST", first.method());
    assertEquals("application/x-ndjson", first.headers().getFirst("Content-Type"));
    assertTrue(first.key().startsWith("run-out-e1-0-2-"), first.key());
    assertEquals(3, receiver.got().stream().map(Got::key).distinct().count());
  }

  @Test
  void anEpochThatIsDeliveredAgainHasTheSameKeysInWhateverPiecesItsRowsCome() throws IOException {
    String[] names = SinkTrial.names(50);
    sink().batch(7, 1 << 20).deliver(4, 3, names);
    List<Got> once = receiver.got();
    sink().batch(7, 1 << 20).deliver(4, 50, names);

    List<Got> again = receiver.got().subList(once.size(), receiver.got().size());
    assertEquals(once.stream().map(Got::key).toList(), again.stream().map(Got::key).toList());
    assertEquals(once.stream().map(Got::body).toList(), again.stream().map(Got::body).toList());
  }

  @Test
  void otherContentHasAnotherKey() throws IOException {
    sink().deliver("a");
    sink().deliver("b");
    sink().deliver(2, 1, "b");

    assertEquals(3, receiver.got().stream().map(Got::key).distinct().count());
  }

  @Test
  void whatMayPassIsTriedAgainWithTheSameKeyAndLongerAndLongerWaits() throws IOException {
    receiver.answer(Reply.of(503), Reply.of(500), Reply.of(408), Reply.of(200));
    SinkTrial sink = sink();

    assertEquals(Rejects.NONE, sink.deliver("a"));

    assertEquals(4, receiver.got().size());
    assertEquals(1, receiver.got().stream().map(Got::key).distinct().count());
    assertEquals(Stream.of(200, 400, 800).map(Duration::ofMillis).toList(), sink.waits());
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws IOException {
    receiver.answer(
        new Reply(429, Map.of("Retry-After", "7"), ""),
        new Reply(503, Map.of("Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"), ""),
        new Reply(503, Map.of("Retry-After", "soon"), ""));
    SinkTrial sink = sink();

    sink.deliver("a");

    assertEquals(
        List.of(Duration.ofSeconds(7), Duration.ofSeconds(53), Duration.ofMillis(800)),
        sink.waits());
  }

  @Test
  void givesUpWhenItIsTime() {
    receiver.always(request -> new Reply(503, Map.of(), "down for repairs"));
    SinkTrial sink = sink().giveUp(Duration.ofMinutes(10));

    PipelineException ended = assertThrows(PipelineException.class, () -> sink.deliver("a"));

    assertEquals(ProblemCode.R310, ended.problem().code());
    assertTrue(
        ended.problem().message().contains("answered 503 (down for repairs)"), ended::getMessage);
    assertTrue(sink.waited().compareTo(Duration.ofMinutes(9)) > 0, () -> sink.waited().toString());
    assertTrue(sink.waited().compareTo(Duration.ofMinutes(10)) < 0, () -> sink.waited().toString());
  }

  @Test
  void aServerThatAsksForMoreThanThereIsIsGivenUpAtOnce() {
    receiver.always(request -> new Reply(503, Map.of("Retry-After", "86400"), ""));
    SinkTrial sink = sink();

    assertThrows(PipelineException.class, () -> sink.deliver("a"));

    assertEquals(List.of(), sink.waits());
  }

  @Test
  void aRefusedRowIsFoundAmongAThousandAndTheOthersArriveOnceInOrder() throws IOException {
    receiver.always(request -> Reply.of(request.body().contains("\"name\":\"bad\"") ? 400 : 200));
    String[] names = SinkTrial.names(1000);
    names[0] = "bad";
    names[617] = "bad";

    Rejects rejects = sink().deliver(names);

    assertEquals(List.of(0, 617), refused(rejects));
    assertEquals(ProblemCode.D312, rejects.rows().get(0).code());
    List<String> arrived =
        receiver.got().stream()
            .filter(request -> !request.body().contains("bad"))
            .flatMap(request -> request.lines().stream())
            .toList();
    assertEquals(998, arrived.size());
    assertEquals(arrived.stream().distinct().toList(), arrived);
    assertTrue(arrived.get(997).contains("\"id\":999"), arrived.get(997));
    assertTrue(receiver.got().size() < 60, () -> "requests: " + receiver.got().size());
  }

  @Test
  void theSameRowsAreRefusedWhenTheEpochComesAgain() throws IOException {
    receiver.always(request -> Reply.of(request.body().contains("a7") ? 422 : 200));

    Rejects once = sink().deliver(3, 4, SinkTrial.names(20));
    Rejects again = sink().deliver(3, 20, SinkTrial.names(20));

    assertEquals(List.of(7), refused(once));
    assertEquals(once, again);
  }

  @Test
  void tooLargeRequestsAreHalvedAndARowThatIsTooLargeIsRefused() throws IOException {
    receiver.always(request -> Reply.of(request.body().length() > 100 ? 413 : 200));
    String[] names = SinkTrial.names(16);
    names[5] = "x".repeat(200);

    assertEquals(List.of(5), refused(sink().deliver(names)));
  }

  @Test
  void requestsHaveNoMoreBytesThanIsSaid() throws IOException {
    sink().batch(1000, 100).deliver(SinkTrial.names(64));

    assertTrue(receiver.got().stream().allMatch(request -> request.body().length() <= 100));
    assertEquals(64, receiver.got().stream().mapToInt(request -> request.lines().size()).sum());
  }

  @Test
  void rowsThatAGoodAnswerNamesAreRefused() throws IOException {
    receiver.answer(
        new Reply(
            200,
            Map.of(),
            "{\"errors\":[{\"index\":1,\"message\":\"no stock\"},{\"index\":2,\"message\":{\"code\":5}}]}"),
        new Reply(200, Map.of(), "{}"));

    Rejects rejects = sink().items("errors").batch(3, 1 << 20).deliver("a", "b", "c", "d");

    assertEquals(List.of(1, 2), refused(rejects));
    assertEquals("no stock", rejects.rows().get(0).message());
    assertEquals("{\"code\":5}", rejects.rows().get(1).message());
  }

  @Test
  void anAnswerThatNamesNoRowOfTheRequestEndsTheRun() {
    receiver.answer(new Reply(200, Map.of(), "{\"errors\":[{\"index\":3}]}"));

    PipelineException ended =
        assertThrows(PipelineException.class, () -> sink().items("errors").deliver("a", "b", "c"));

    assertTrue(
        ended.problem().message().contains("names no row of the request"), ended::getMessage);
  }

  @Test
  void redirectsAndStatusesThatAreNotAboutRowsEndTheRun() {
    for (int status : new int[] {301, 307, 401, 403, 404, 405, 501}) {
      receiver.answer(new Reply(status, Map.of("Location", "http://127.0.0.1:1/secret"), ""));
      if (status == 501) {
        continue;
      }
      PipelineException ended =
          assertThrows(PipelineException.class, () -> sink().deliver("a"), () -> "" + status);
      assertEquals(ProblemCode.R310, ended.problem().code());
      assertTrue(ended.problem().message().contains("answered " + status), ended::getMessage);
    }
  }

  @Test
  void urlsAndHeadersAreMadeOfRows() throws IOException {
    sink()
        .url(SinkTrial.named(receiver.url("/users/"), "/in?q=", ""))
        .header("X-User", SinkTrial.named("user ", ""))
        .deliver("a/b", "c d&e", "ü", "a/b");

    List<Got> got = receiver.got();
    assertEquals(
        List.of("/users/a%2Fb/in?q=a%2Fb", "/users/c%20d%26e/in?q=c%20d%26e"),
        got.stream().map(Got::path).toList());
    assertEquals(2, got.get(0).lines().size(), "rows of one target go together");
    assertEquals("user a/b", got.get(0).headers().getFirst("X-User"));
  }

  @Test
  void valuesThatMakeNoUrlOrHeaderFailForTheirRow() throws IOException {
    Rejects rejects =
        sink()
            .url(SinkTrial.named(receiver.url("/users/"), "/in"))
            .header("X-User", SinkTrial.named("", ""))
            .deliver("..", "fine", "two\r\nEvil: yes", ".");

    assertEquals(List.of(0, 2, 3), refused(rejects));
    assertTrue(rejects.rows().stream().allMatch(r -> r.code() == ProblemCode.D304));
    assertEquals(List.of("/users/fine/in"), receiver.got().stream().map(Got::path).toList());
  }

  @Test
  void hostsThatComeFromDataMustBePublicOrListed() throws IOException {
    String own = "localhost:" + receiver.port();
    String[] names = {
      own,
      "127.0.0.1:" + receiver.port(),
      "[::1]:1",
      "10.1.2.3",
      "169.254.169.254",
      "2130706433",
      "0.0.0.0",
      "[::ffff:127.0.0.1]",
      "x@localhost",
      "localhost/..",
      "[64:ff9b::a00:1]"
    };

    SinkTrial sink = sink().url(SinkTrial.named("http://", "/in"));
    assertEquals(names.length, sink.deliver(names).rows().size());
    assertEquals(List.of(), receiver.got());

    Rejects listed = sink.hosts("localhost").deliver(names);
    assertEquals(names.length - 1, listed.rows().size());
    assertEquals(1, receiver.got().size());
  }

  @Test
  void aWholeUrlMayComeFromData() throws IOException {
    Rejects rejects =
        sink()
            .url(SinkTrial.named("", ""))
            .hosts("localhost")
            .deliver(
                receiver.url("/a?b=c%20d"), "ftp://localhost/", "file:///etc/passwd", "no url");

    assertEquals(List.of(1, 2, 3), refused(rejects));
    assertEquals("/a?b=c%20d", receiver.got().get(0).path());
  }

  @Test
  void bodiesAreCompressedAndInTheFormatThatIsSaid() throws IOException {
    sink()
        .gzip()
        .format(
            new CsvConfig(
                ",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false))
        .batch(2, 1 << 20)
        .deliver("a", "b", "c");
    sink()
        .format(new JsonConfig(JsonConfig.Layout.DOCUMENT, JsonConfig.Nulls.WRITE))
        .deliver("a", "b");

    List<Got> got = receiver.got();
    assertEquals(
        "id,name\r\n0,a\r\n1,b\r\n".replace("\r", ""), got.get(0).body().replace("\r", ""));
    assertEquals("id,name\n2,c\n", got.get(1).body().replace("\r", ""));
    assertEquals("gzip", got.get(0).headers().getFirst("Content-Encoding"));
    assertEquals("text/csv; charset=utf-8", got.get(0).headers().getFirst("Content-Type"));
    assertEquals("{\"id\":0,\"name\":\"a\"}\n", got.get(2).body());
    assertEquals("application/json", got.get(3).headers().getFirst("Content-Type"));
  }

  @Test
  void saysWhoAsks() throws IOException {
    Login nobody = new Login(Optional.empty(), Optional.empty());
    Optional<Auth.ApiKey> key = Optional.of(new Auth.ApiKey("X-Key", "k"));
    sink()
        .auth(client(new Auth(Login.of("me", "secret"), Optional.empty(), Optional.empty())))
        .deliver("a");
    sink().auth(client(new Auth(nobody, Optional.of("token"), Optional.empty()))).deliver("b");
    sink().auth(client(new Auth(nobody, Optional.empty(), key))).deliver("c");

    assertEquals("Basic bWU6c2VjcmV0", receiver.got().get(0).headers().getFirst("Authorization"));
    assertEquals("Bearer token", receiver.got().get(1).headers().getFirst("Authorization"));
    assertEquals("k", receiver.got().get(2).headers().getFirst("X-Key"));
  }

  private static ClientAuth client(Auth auth) {
    return new ClientAuth(auth, Optional.empty());
  }

  @Test
  void severalRequestsAreUnderWayWhereThatIsAllowed() throws IOException {
    CountDownLatch together = new CountDownLatch(4);
    receiver.always(
        request -> {
          together.countDown();
          try {
            assertTrue(together.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return Reply.of(200);
        });

    sink().inFlight(4).batch(1, 1 << 20).deliver(SinkTrial.names(12));

    assertEquals(4, receiver.most());
    assertEquals(12, receiver.got().size());
  }

  @Test
  void withoutStateEachWriteIsSentBeforeItIsDone() throws IOException {
    receiver.always(request -> Reply.of(request.body().contains("bad") ? 400 : 200));
    SinkTrial trial = sink();
    try (Sink sink = trial.open();
        SinkWriter writer = sink.writer(0)) {
      assertEquals(Rejects.NONE, writer.write(trial.rows(0, List.of("a", "b"))));
      assertEquals(List.of(1), refused(writer.write(trial.rows(2, List.of("c", "bad")))));
      assertEquals(List.of(), writer.prepare(1));
    }
    assertNotEquals(receiver.got().get(0).key(), receiver.got().get(1).key());
  }
}
