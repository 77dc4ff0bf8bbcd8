package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.network.ServerTls;
import io.penstock.api.network.Tls;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Patience;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.source.SourceConfig;
import io.penstock.connectors.standard.text.TextConfig;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Certificates;
import io.penstock.testkit.network.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers are servers of the JDK's own. */
@Timeout(120)
final class TlsSinkTest {
  private static final FormatConfig TEXT =
      new TextConfig(Optional.empty(), Optional.empty(), Optional.empty(), 1000, Optional.empty());

  private static final int LOT = 500;

  @TempDir static Path folder;
  private static Certificates made;

  private final Sending sending = new Sending(disk());

  @BeforeAll
  static void makes() throws Exception {
    made = new Certificates(folder);
    made.authority("ca");
    made.signed("server", "ca", "dns:localhost");
    made.signed("sender", "ca", "dns:sender.example");
    made.signed("old", "ca", "dns:localhost", "-startdate", "-10d", "-validity", "5");
    made.signed("other", "ca", "dns:elsewhere.example");
    made.make("self", "dns:localhost");
  }

  private static MemoryDisk disk() {
    try {
      return made.in(new MemoryDisk(), Path.of("/"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Tls tls(Tls.Verify verify) {
    return tls(Optional.empty(), verify);
  }

  private static Tls tls(Optional<String> serverName, Tls.Verify verify) {
    return new Tls(
        Optional.of("ca.crt"),
        Optional.of("sender.crt"),
        Optional.of("sender.key"),
        serverName,
        Tls.Version.TLS_1_2,
        verify);
  }

  private SinkWriter writer(int port, Tls tls) throws IOException {
    return writer(port, tls, Duration.ofMillis(500));
  }

  private SinkWriter writer(int port, Tls tls, Duration timeout) throws IOException {
    return sending.writer(
        new SyslogSinkConfig(
            "localhost:" + port,
            Protocol.TCP,
            Optional.empty(),
            Optional.of(TEXT),
            Confirm.CLOSE,
            Optional.of(tls),
            timeout,
            Optional.of(
                new Retry(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(4),
                    new Patience(Optional.of(Duration.ofSeconds(5)))))));
  }

  private static SSLServerSocket listening(String certificate, String... versions)
      throws Exception {
    SSLServerSocket server =
        (SSLServerSocket)
            made.context(Optional.of(certificate), Optional.of("ca"))
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    if (versions.length > 0) {
      server.setEnabledProtocols(versions);
    }
    return server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void messagesGoByBothVersionsToWhoAsksForACertificate(String version) throws Exception {
    SSLServerSocket server = listening("server", version);
    server.setNeedClientAuth(true);
    try (Receiver receiver = new Receiver(server, 0, true)) {
      SinkWriter writer = writer(receiver.port(), tls(Tls.Verify.FULL));

      for (int epoch = 1; epoch <= 3; epoch++) {
        assertEquals(Rejects.NONE, writer.write(Sending.rows("a" + epoch, "b" + epoch)));
        assertEquals(List.of(), writer.prepare(epoch));
        receiver.await(epoch);
        assertEquals(epoch, receiver.got().size());
      }

      assertEquals(List.of("2 a12 b1", "2 a22 b2", "2 a32 b3"), receiver.got());
      assertEquals(List.of(), sending.waits());
      writer.close();
    }
  }

  private Problem refusal(ServerSocket server, Tls tls) throws IOException {
    try (Receiver receiver = new Receiver(server, 0, true)) {
      SinkWriter writer = writer(receiver.port(), tls);
      assertEquals(Rejects.NONE, writer.write(Sending.rows("a secret")));
      PipelineException ended = assertThrows(PipelineException.class, () -> writer.prepare(1));
      writer.close();
      assertFalse(receiver.got().toString().contains("secret"), "nothing was said");
      return ended.problem();
    }
  }

  @Test
  void eachReasonNotToBelieveAReceiverIsToldAtOnce() throws Exception {
    Tls full = tls(Tls.Verify.FULL);
    Problem old = refusal(listening("old"), full);
    Problem other = refusal(listening("other"), full);
    Problem self = refusal(listening("self"), full);

    assertEquals("R324", old.code().name());
    assertTrue(old.message().endsWith("has a certificate that has expired"), old.message());
    assertEquals("R324", other.code().name());
    assertTrue(other.message().contains("matching localhost found"), other.message());
    assertEquals("R324", self.code().name());
    assertTrue(self.message().endsWith("an authority that is not trusted"), self.message());
    assertEquals(List.of(), sending.waits(), "another try would end as this one");
  }

  @Test
  void anybodyIsBelievedWhereNothingIsToBeProved() throws Exception {
    try (Receiver receiver = new Receiver(listening("self"), 0, true)) {
      SinkWriter writer = writer(receiver.port(), tls(Tls.Verify.NONE));

      assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));
      assertEquals(List.of(), writer.prepare(1));

      assertEquals(1, receiver.got().size());
      writer.close();
    }
  }

  @Test
  void aReceiverOfAnotherNameIsAskedForByIt() throws Exception {
    Tls elsewhere = tls(Optional.of("elsewhere.example"), Tls.Verify.FULL);
    try (Receiver receiver = new Receiver(listening("other"), 0, true)) {
      SinkWriter writer = writer(receiver.port(), elsewhere);

      assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));
      assertEquals(List.of(), writer.prepare(1));

      assertEquals(1, receiver.got().size());
      writer.close();
    }
    Problem right = refusal(listening("server"), elsewhere);
    assertEquals("R324", right.code().name());
    assertTrue(right.message().contains("elsewhere.example"), right.message());
  }

  @Test
  void aReceiverThatDoesNotBelieveUsIsToldOf() throws Exception {
    SSLServerSocket server = listening("server");
    server.setNeedClientAuth(true);
    Tls nobody =
        new Tls(
            Optional.of("ca.crt"),
            Optional.of("self.crt"),
            Optional.of("self.key"),
            Optional.empty(),
            Tls.Version.TLS_1_2,
            Tls.Verify.FULL);

    Problem problem = refusal(server, nobody);

    assertEquals("R324", problem.code().name());
    assertTrue(problem.message().contains("come to no understanding by TLS"), problem.message());
  }

  @Test
  void aReceiverWithoutTlsAndOneThatSaysNothingAreGivenUp() throws Exception {
    ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Problem noTls = refusal(plain, tls(Tls.Verify.FULL));

    assertEquals("R324", noTls.code().name());
    assertTrue(noTls.message().contains("no understanding by TLS: "), noTls.message());
    assertTrue(noTls.message().contains("tried 3 times"), noTls.message());
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      SinkWriter writer = writer(silent.getLocalPort(), tls(Tls.Verify.FULL));
      assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));
      PipelineException ended = assertThrows(PipelineException.class, () -> writer.prepare(1));
      assertEquals("R323", ended.problem().code().name());
      assertTrue(
          ended.problem().message().contains("TLS does not begin within 500 ms"),
          ended.problem().message());
      writer.close();
    }
  }

  @Test
  void aReceiverThatOnlyClosesHasConfirmedNothing() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var sockets = made.context(Optional.of("server"), Optional.of("ca")).getSocketFactory();
      Future<?> receives =
          thread.submit(
              () -> {
                for (int i = 0; i < 3; i++) {
                  var below = server.accept();
                  SSLSocket socket =
                      (SSLSocket) sockets.createSocket(below, below.getInputStream(), false);
                  int unused = socket.getInputStream().read();
                  below.close();
                }
                return true;
              });
      SinkWriter writer = writer(server.getLocalPort(), tls(Tls.Verify.FULL));
      assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));

      PipelineException ended = assertThrows(PipelineException.class, () -> writer.prepare(1));

      receives.get();
      assertTrue(
          ended.problem().message().contains("without the end that TLS has (close_notify)"),
          ended.problem().message());
      assertTrue(ended.problem().hint().orElse("").contains("confirm: none"), ended::toString);
      assertEquals(2, sending.waits().size());
      writer.close();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void muchGoesFromOurSinkToOurSource() throws Exception {
    int rows = 4000;
    String[] lines =
        IntStream.range(0, rows).mapToObj(i -> i + "x".repeat(1000)).toArray(String[]::new);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Listening in = new Listening(TlsSinkTest::source, disk());
        Wire wire = Wire.to(in.port)) {
      wire.limit(8 << 20);
      Future<?> sent =
          thread.submit(
              () -> {
                SinkWriter writer =
                    writer(wire.port(), tls(Tls.Verify.FULL), Duration.ofSeconds(30));
                for (int from = 0; from < rows; from += LOT) {
                  String[] some = Arrays.copyOfRange(lines, from, from + LOT);
                  assertEquals(Rejects.NONE, writer.write(Sending.rows(some)));
                }
                assertEquals(List.of(), writer.prepare(1));
                writer.close();
                return true;
              });

      while (!sent.isDone()) {
        in.step(10);
      }
      sent.get();
      in.read(rows);

      assertEquals(List.of(lines), in.taken);
    } finally {
      thread.shutdownNow();
    }
  }

  private static SourceConfig source(int port) {
    return new SyslogSourceConfig(
        "127.0.0.1:" + port,
        Protocol.TCP,
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new ServerTls("server.crt", "server.key", Optional.of("ca.crt"), Tls.Version.TLS_1_2)),
        100,
        Optional.empty(),
        DataSize.mebibytes(1),
        DataSize.mebibytes(1));
  }
}
