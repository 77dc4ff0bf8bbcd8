package io.penstock.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.penstock.api.network.Tls;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.sink.Rejects;
import io.penstock.connectors.http.ByteProxy.Fault;
import io.penstock.connectors.http.Receiver.Got;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way to the server breaks. */
@Timeout(60)
final class HttpSinkFaultsTest {
  @TempDir Path temporary;

  @Test
  void everyRowArrivesThoughConnectionsBreakAndRepeatsHaveTheirKey() throws IOException {
    try (Receiver receiver = new Receiver();
        ByteProxy proxy = new ByteProxy(receiver.port())) {
      proxy.next(Fault.CUT_REQUEST, Fault.CUT_ANSWER, Fault.NONE, Fault.SILENT, Fault.CUT_ANSWER);

      Rejects rejects =
          new SinkTrial(proxy.url("/in"))
              .batch(10, 1 << 20)
              .timeout(Duration.ofMillis(500))
              .deliver(SinkTrial.names(40));

      assertEquals(Rejects.NONE, rejects);
      List<Got> got = receiver.got();
      assertEquals(4, got.stream().map(Got::key).distinct().count());
      assertEquals(4, got.stream().map(Got::body).distinct().count());
      assertEquals(
          40, got.stream().flatMap(request -> request.lines().stream()).distinct().count());
      assertTrue(got.size() > 4, "some came twice, as the cut answers show");
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpWithAReason() throws IOException {
    try (Receiver receiver = new Receiver();
        ByteProxy proxy = new ByteProxy(receiver.port())) {
      proxy.always(Fault.SILENT);
      SinkTrial sink =
          new SinkTrial(proxy.url("/in?token=secret"))
              .timeout(Duration.ofMillis(100))
              .giveUp(Duration.ofSeconds(1));

      PipelineException ended = assertThrows(PipelineException.class, () -> sink.deliver("a"));

      assertTrue(
          ended.problem().message().contains("gave no answer within 100 ms"), ended::getMessage);
      assertTrue(!ended.problem().message().contains("secret"), ended::getMessage);
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedAgainAndThenGivenUp() {
    SinkTrial sink = new SinkTrial(Receiver.nobody()).giveUp(Duration.ofSeconds(3));

    PipelineException ended = assertThrows(PipelineException.class, () -> sink.deliver("a"));

    assertTrue(ended.problem().message().contains("cannot be reached"), ended::getMessage);
    assertEquals(3, sink.waits().size());
  }

  @Test
  void aHostThatNobodyKnowsIsSaid() {
    SinkTrial sink = new SinkTrial("http://nobody.invalid/").giveUp(Duration.ZERO);

    PipelineException ended = assertThrows(PipelineException.class, () -> sink.deliver("a"));

    assertTrue(
        ended.problem().message().contains("has a host that nobody knows"), ended::getMessage);
  }

  @Test
  void anAnswerWithoutEndIsCutAndOneThatDripsIsGivenUp() throws IOException {
    ExecutorService thread = Executors.newCachedThreadPool();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var unused = thread.submit(() -> endless(server, 1 << 16));
      String url = "http://localhost:" + server.getLocalPort() + "/";

      assertEquals(Rejects.NONE, new SinkTrial(url).deliver("a"));
    }
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var unused = thread.submit(() -> endless(server, 1));
      String url = "http://localhost:" + server.getLocalPort() + "/";
      SinkTrial sink = new SinkTrial(url).timeout(Duration.ofMillis(300)).giveUp(Duration.ZERO);

      PipelineException ended = assertThrows(PipelineException.class, () -> sink.deliver("a"));
      assertTrue(ended.problem().message().contains("gave no answer"), ended::getMessage);
    }
    thread.shutdownNow();
  }

  private static Void endless(ServerSocket server, int bytes) throws Exception {
    try (Socket client = server.accept()) {
      OutputStream out = client.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] part = new byte[bytes];
      while (true) {
        out.write(part);
        out.flush();
        if (bytes == 1) {
          Thread.sleep(20);
        }
      }
    }
  }

  @Test
  void tlsIsCheckedAndTheReasonIsNamed() throws Exception {
    Certificates made = new Certificates(temporary);
    made.authority("ca");
    made.make("good", "dns:localhost");
    made.make("other", "dns:elsewhere.example");
    made.signed("old", "ca", "dns:localhost", "-startdate", "-10d", "-validity", "5");
    assertEquals("", send(made, "good", "good.crt", Tls.Verify.FULL));
    assertTrue(send(made, "good", "other.crt", Tls.Verify.FULL).contains("not trusted"));
    assertTrue(send(made, "other", "other.crt", Tls.Verify.FULL).contains("localhost"));
    assertTrue(send(made, "old", "ca.crt", Tls.Verify.FULL).contains("has expired"));
    assertEquals("", send(made, "other", "good.crt", Tls.Verify.NONE));
  }

  @Test
  void aServerOfAnotherNameIsAskedForByIt() throws Exception {
    Certificates made = new Certificates(temporary);
    made.make("other", "dns:elsewhere.example");
    Tls.Verify full = Tls.Verify.FULL;

    assertEquals("", send(made, "other", "other.crt", Optional.of("elsewhere.example"), full));
    assertTrue(
        send(made, "other", "other.crt", Optional.of("nowhere.example"), full)
            .contains("nowhere.example"));
  }

  private static String send(Certificates made, String server, String ca, Tls.Verify verify)
      throws Exception {
    return send(made, server, ca, Optional.empty(), verify);
  }

  private static String send(
      Certificates made, String server, String ca, Optional<String> name, Tls.Verify verify)
      throws Exception {
    MemoryDisk disk = made.in(new MemoryDisk(), Path.of("/data"));
    HttpsServer listening =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listening.setHttpsConfigurator(
        new HttpsConfigurator(made.context(Optional.of(server), Optional.empty())));
    try (Receiver receiver = new Receiver(listening)) {
      Tls tls =
          new Tls(
              Optional.of(ca),
              Optional.empty(),
              Optional.empty(),
              name,
              Tls.Version.TLS_1_2,
              verify);
      SinkTrial sink = new SinkTrial("https://localhost:" + receiver.port() + "/").tls(tls, disk);
      try {
        assertEquals(Rejects.NONE, sink.deliver("a"));
        return "";
      } catch (PipelineException refused) {
        assertEquals(List.of(), sink.waits(), "another try would end as this one");
        return refused.problem().message();
      }
    }
  }
}
