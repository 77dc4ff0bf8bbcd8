package io.penstock.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Column;
import io.penstock.api.format.BlockRecords;
import io.penstock.api.network.Login;
import io.penstock.api.network.ServerTls;
import io.penstock.api.network.Tls;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.http.ServerTrial.Changes;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HttpServerSourceTest {
  @TempDir Path temporary;

  private static String answer(CompletableFuture<HttpResponse<String>> of) throws Exception {
    HttpResponse<String> response = of.get();
    return response.statusCode() + " " + response.body().strip();
  }

  @Test
  void answersWhenTheEpochIsDecidedAndNotBefore() throws Exception {
    try (ServerTrial server = new ServerTrial()) {
      CompletableFuture<HttpResponse<String>> first = server.post("{\"id\":1}\n{\"id\":2}");
      server.read(1);
      assertFalse(first.isDone());
      CompletableFuture<HttpResponse<String>> second = server.post("{\"id\":3}");
      server.decide();

      assertEquals("200 {\"rows\":2}", answer(first));
      assertEquals(List.of("{\"id\":1}\n{\"id\":2}"), server.bodies());
      assertFalse(second.isDone(), "its epoch is not decided");
      server.read(1);
      server.decide();
      assertEquals("200 {\"rows\":1}", answer(second));
      assertEquals(8, server.blocks().get(1).position(), "numbers go on from 7");
    }
  }

  @Test
  void aMalformedRequestIsRefusedWholeWithItsReasonsAndHandedOnAsABadRecord() throws Exception {
    try (ServerTrial server = new ServerTrial()) {
      CompletableFuture<HttpResponse<String>> sent =
          server.post("{\"id\":1}\n{\"id\":\"x\"}\n{oops\n{}");
      server.read(1);
      server.decide();

      String answer = answer(sent);
      assertTrue(answer.startsWith("400 {\"problems\":[{\"code\":\"D104\",\"line\":2,"), answer);
      assertTrue(answer.contains("\"count\":3"), answer);
      assertEquals(List.of(), server.bodies(), "none of its rows is taken");
      assertEquals(1, server.bad().size());
      assertTrue(server.bad().get(0).startsWith("7 D104 "), server.bad()::toString);
      assertTrue(
          server.bad().get(0).contains("in line 2 of the request, and 2 more in this request: "),
          server.bad()::toString);
    }
  }

  @Test
  void anEmptyRequestIsMalformedAndAFormatOfNoneTakesIt() throws Exception {
    try (ServerTrial server = new ServerTrial()) {
      CompletableFuture<HttpResponse<String>> sent = server.post("");
      server.read(1);
      server.decide();
      assertTrue(answer(sent).contains("the request holds no record"));
    }
    try (ServerTrial server =
        new ServerTrial(Changes.NONE.format(new NoneConfig()).methods("GET", "POST"))) {
      CompletableFuture<HttpResponse<String>> sent = server.send(server.request("/in?q=1").GET());
      server.read(1);
      server.decide();
      assertEquals("200 {\"rows\":1}", answer(sent));
    }
  }

  @Test
  void eachRequestOfCsvHasItsHeader() throws Exception {
    CsvConfig csv =
        new CsvConfig(",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false);
    try (ServerTrial server = new ServerTrial(Changes.NONE.format(csv))) {
      CompletableFuture<HttpResponse<String>> one = server.post("id\n1\n2\n");
      server.read(1);
      CompletableFuture<HttpResponse<String>> other = server.post("name\n1\n");
      server.read(1);
      server.decide();

      assertEquals("200 {\"rows\":2}", answer(one));
      assertTrue(answer(other).startsWith("400 "), () -> other.join().body());
    }
  }

  @Test
  void rowsKnowTheirRequest() throws Exception {
    try (ServerTrial server = new ServerTrial()) {
      CompletableFuture<HttpResponse<String>> sent = server.post("{\"id\":1}");
      server.read(1);
      server.decide();
      sent.get();

      BlockRecords records = server.blocks().get(0).records().orElseThrow();
      assertEquals("POST", text(records, "method"));
      assertEquals("127.0.0.1", text(records, "remote"));
      Column.Maps query = (Column.Maps) Objects.requireNonNull(records.meta().get("query"));
      assertEquals("a", ((Column.Bytes) query.keys()).text(0));
      assertEquals("b c", ((Column.Bytes) query.values()).text(0));
      assertFalse(records.meta().containsKey("path"), "nobody uses it");
    }
  }

  private static String text(BlockRecords records, String name) {
    return ((Column.Bytes) Objects.requireNonNull(records.meta().get(name))).text(0);
  }

  @Test
  void whoMayNotSendOrSendsSomethingElseIsToldAtOnce() throws Exception {
    Optional<String> none = Optional.empty();
    Auth auth = new Auth(Login.of("me", "pass"), none, Optional.empty());
    try (ServerTrial server = new ServerTrial(Changes.NONE.auth(auth).maxRecord(100))) {
      HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{\"id\":1}");
      HttpResponse<String> nobody = server.send(server.request("/in").POST(body)).get();
      assertEquals(401, nobody.statusCode());
      assertTrue(nobody.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"));
      assertEquals(
          401,
          server
              .send(server.request("/in").header("Authorization", "Basic eDp5").POST(body))
              .get()
              .statusCode());
      assertEquals(404, server.send(server.request("/other").POST(body)).get().statusCode());
      HttpResponse<String> get = server.send(server.request("/in").GET()).get();
      assertEquals(405, get.statusCode());
      assertEquals("POST", get.headers().firstValue("Allow").orElse(""));
      assertEquals(
          415,
          server
              .send(
                  server
                      .request("/in")
                      .header("Authorization", auth.value())
                      .header("Content-Encoding", "br")
                      .POST(body))
              .get()
              .statusCode());
      assertEquals(
          413,
          server
              .send(
                  server
                      .request("/in")
                      .header("Authorization", auth.value())
                      .POST(HttpRequest.BodyPublishers.ofString("x".repeat(101))))
              .get()
              .statusCode());
      assertTrue(server.isEmpty());
      CompletableFuture<HttpResponse<String>> good =
          server.send(server.request("/in").header("Authorization", auth.value()).POST(body));
      server.read(1);
      server.decide();
      assertEquals("200 {\"rows\":1}", answer(good));
    }
  }

  @Test
  void packedRequestsAreUnpackedWithinTheLimit() throws Exception {
    try (ServerTrial server = new ServerTrial(Changes.NONE.maxRecord(10_000))) {
      CompletableFuture<HttpResponse<String>> good =
          server.post(gzip("{\"id\":1}".getBytes(StandardCharsets.UTF_8)), "gzip");
      server.read(1);
      CompletableFuture<HttpResponse<String>> bomb = server.post(gzip(new byte[5_000_000]), "gzip");
      assertEquals(413, bomb.get().statusCode());
      CompletableFuture<HttpResponse<String>> broken =
          server.post("no gzip".getBytes(StandardCharsets.UTF_8), "gzip");
      server.read(1);
      server.decide();

      assertEquals("200 {\"rows\":1}", answer(good));
      assertTrue(answer(broken).startsWith("400 {\"problems\":[{\"code\":\"D108\""));
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void underBackPressureSendersAreToldToComeLaterAndNothingIsLost() throws Exception {
    try (ServerTrial server = new ServerTrial(Changes.NONE.inFlight(3))) {
      List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        sent.add(server.post("{\"id\":" + i + "}"));
      }
      int refused = 0;
      while (refused < 7) {
        refused = (int) sent.stream().filter(CompletableFuture::isDone).count();
        Thread.onSpinWait();
      }
      server.read(3);
      assertTrue(server.isEmpty());
      server.decide();

      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> one : sent) {
        statuses.add(one.get().statusCode());
        if (one.get().statusCode() == 429) {
          assertEquals("1", one.get().headers().firstValue("Retry-After").orElse(""));
        }
      }
      assertEquals(3, statuses.stream().filter(status -> status == 200).count());
      assertEquals(7, statuses.stream().filter(status -> status == 429).count());
      CompletableFuture<HttpResponse<String>> again = server.post("{\"id\":11}");
      server.read(1);
      server.decide();
      assertEquals("200 {\"rows\":1}", answer(again));
    }
  }

  @Test
  void whoWaitsWhenThePipelineStopsIsToldToSendAgain() throws Exception {
    CompletableFuture<HttpResponse<String>> read;
    CompletableFuture<HttpResponse<String>> unread;
    try (ServerTrial server = new ServerTrial()) {
      read = server.post("{\"id\":1}");
      server.read(1);
      unread = server.post("{\"id\":2}");
      while (server.isEmpty()) {
        Thread.onSpinWait();
      }
      unread = server.post("{\"id\":3}");
    }
    assertEquals(503, read.get().statusCode());
    assertTrue(isSentAgain(unread));
  }

  /** Told so, or cut off before anything was said. */
  private static boolean isSentAgain(CompletableFuture<HttpResponse<String>> sent)
      throws InterruptedException {
    try {
      return sent.get().statusCode() == 503;
    } catch (ExecutionException cutOff) {
      return true;
    }
  }

  @Test
  void answersAreAsTheFileSays() throws Exception {
    HttpServerConfig.Reply reply =
        new HttpServerConfig.Reply(202, 422, Optional.of("thanks"), "text/plain");
    try (ServerTrial server = new ServerTrial(Changes.NONE.reply(reply))) {
      CompletableFuture<HttpResponse<String>> good = server.post("{\"id\":1}");
      server.read(1);
      CompletableFuture<HttpResponse<String>> bad = server.post("oops");
      server.read(1);
      server.decide();

      assertEquals("202 thanks", answer(good));
      assertEquals("text/plain", good.get().headers().firstValue("Content-Type").orElse(""));
      assertEquals(422, bad.get().statusCode());
    }
  }

  @Test
  void listensByTlsToThoseWhoShowWhoTheyAre() throws Exception {
    Certificates made = new Certificates(temporary);
    made.make("server", "dns:localhost");
    made.make("sender", "dns:sender.example");
    MemoryDisk disk = made.in(new MemoryDisk(), Path.of("/data"));
    ServerTls tls =
        new ServerTls("server.crt", "server.key", Optional.of("sender.crt"), Tls.Version.TLS_1_3);
    try (ServerTrial server = new ServerTrial(Changes.NONE, Optional.of(tls), disk)) {
      String url = "https://localhost:" + server.port() + "/in";
      Optional<String> ca = Optional.of("server.crt");
      Tls known =
          new Tls(
              ca,
              Optional.of("sender.crt"),
              Optional.of("sender.key"),
              Optional.empty(),
              Tls.Version.TLS_1_2,
              Tls.Verify.FULL);
      CompletableFuture<Rejects> sent =
          CompletableFuture.supplyAsync(() -> deliver(new SinkTrial(url).tls(known, disk)));
      server.read(1);
      server.decide();
      assertEquals(Rejects.NONE, sent.get());
      assertEquals(List.of("{\"id\":0,\"name\":\"a\"}\n"), server.bodies());

      Tls unknown =
          new Tls(
              ca,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Tls.Version.TLS_1_2,
              Tls.Verify.FULL);
      SinkTrial nobody =
          new SinkTrial(url).tls(unknown, disk).giveUp(java.time.Duration.ofMillis(100));
      assertThrows(PipelineException.class, () -> nobody.deliver("a"));
      assertTrue(server.isEmpty());
    }
  }

  private static Rejects deliver(SinkTrial sink) {
    try {
      return sink.deliver("a");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerTrial server = new ServerTrial()) {
      HttpServerConfig same = Changes.NONE.of(server.port());
      PipelineException taken =
          assertThrows(
              PipelineException.class,
              () ->
                  same.source()
                      .open(
                          new io.penstock.api.source.SourceContext(
                              "hooks",
                              new io.penstock.testkit.MemoryDisk(),
                              new ServerTrial.Folder(java.nio.file.Path.of("/data")),
                              new io.penstock.testkit.ManualClock(0),
                              0,
                              java.util.Set.of())));
      assertTrue(
          taken
              .problem()
              .message()
              .contains("localhost:" + server.port() + "` cannot be listened at"),
          taken::getMessage);
    }
  }

  @Test
  void aSenderThatGoesAwayInTheMiddleKeepsNoPlace() throws Exception {
    try (ServerTrial server = new ServerTrial(Changes.NONE.inFlight(1))) {
      for (int i = 0; i < 5; i++) {
        try (Socket socket = new Socket("localhost", server.port())) {
          OutputStream out = socket.getOutputStream();
          out.write(
              "POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"id\""
                  .getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
      }
      HttpResponse<String> answer = null;
      while (answer == null || answer.statusCode() == 429) {
        CompletableFuture<HttpResponse<String>> sent = server.post("{\"id\":1}");
        if (!server.isEmpty()) {
          server.decide();
        }
        answer = sent.get();
      }
      assertEquals(200, answer.statusCode());
      assertEquals(List.of("{\"id\":1}"), server.bodies());
    }
  }
}
