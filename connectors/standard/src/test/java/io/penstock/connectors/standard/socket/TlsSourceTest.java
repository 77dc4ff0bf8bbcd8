package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.network.ServerTls;
import io.penstock.api.network.Tls;
import io.penstock.api.option.DataSize;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.SourceConfig;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders are clients of the JDK's own, each on a thread; the source has the test's. */
@Timeout(120)
final class TlsSourceTest {
  private static final String LOCAL = "dns:localhost";
  private static final String SENDER = "dns:sender.example";

  @TempDir static Path folder;
  @TempDir static Path elsewhere;
  private static Certificates made;
  private static Certificates strangers;

  private final ExecutorService senders = Executors.newCachedThreadPool();

  @BeforeAll
  static void makes() throws Exception {
    made = new Certificates(folder);
    made.authority("ca");
    made.signed("server", "ca", LOCAL);
    made.signed("sender", "ca", SENDER);
    made.signed("old", "ca", SENDER, "-startdate", "-10d", "-validity", "5");
    strangers = new Certificates(elsewhere);
    strangers.authority("ca");
    strangers.signed("stranger", "ca", SENDER);
    Files.copy(made.store("ca"), strangers.store("trusted"));
  }

  @AfterEach
  void stops() {
    senders.shutdownNow();
  }

  private static SourceConfig tcp(int port, Framing framing, Optional<String> ca) {
    return new TcpSourceConfig(
        "127.0.0.1:" + port,
        Optional.empty(),
        framing,
        Optional.of(new ServerTls("server.crt", "server.key", ca, Tls.Version.TLS_1_2)),
        1000,
        Optional.empty(),
        DataSize.mebibytes(1));
  }

  private static Listening listening(Framing framing, Optional<String> ca) throws IOException {
    MemoryDisk disk = made.in(new MemoryDisk(), Path.of("/"));
    return new Listening(port -> tcp(port, framing, ca), disk);
  }

  private static Listening listening() throws IOException {
    return listening(Framing.LINES, Optional.empty());
  }

  private static Socket plain(Listening to) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), to.port);
  }

  /** What a sender does. */
  private interface Work {
    void with(SSLSocket socket) throws Exception;
  }

  private Future<?> sender(Socket plain, Optional<String> own, Work work) {
    return senders.submit(
        () -> {
          // Who has the same name as an authority that is trusted is not yet that authority.
          var context =
              own.equals(Optional.of("stranger"))
                  ? strangers.context(own, Optional.of("trusted"))
                  : made.context(own, Optional.of("ca"));
          var sockets = context.getSocketFactory();
          try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, "localhost", 1, true)) {
            work.with(socket);
          }
          return true;
        });
  }

  private Future<?> sender(Listening to, Work work) throws IOException {
    return sender(plain(to), Optional.empty(), work);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Reads until a warning is there; its message. */
  private static String warned(Listening in) throws IOException {
    List<Problem> found = in.warned();
    assertEquals(1, found.size(), found::toString);
    assertEquals(ProblemCode.W570, found.get(0).code());
    return found.get(0).message();
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  /** Somebody else is served as if nothing had been. */
  private void assertGoesOn(Listening in, Optional<String> own) throws Exception {
    int before = in.taken.size();
    Future<?> other = sender(plain(in), own, socket -> send(socket, "next\n"));
    List<String> taken = in.read(before + 1);
    assertEquals("next", taken.get(taken.size() - 1));
    other.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void linesComeByBothVersionsAndTheLastOneMayHaveNoEnd(String version) throws Exception {
    try (Listening in = listening()) {
      Future<?> sent =
          sender(
              in,
              socket -> {
                socket.setEnabledProtocols(new String[] {version});
                send(socket, "a\nb");
                send(socket, "é\nlast");
                socket.shutdownOutput();
                assertEquals(-1, socket.getInputStream().read(), "told that all was read");
              });

      assertEquals(List.of("a", "bé", "last"), in.read(3));
      sent.get();
      assertEquals(List.of(), in.warnings());
      assertEquals("127.0.0.1 1767225600000000", in.meta.get(0));
    }
  }

  @Test
  void aMessageMayBeSpreadOverRecordsAndARecordOverPackets() throws Exception {
    try (Listening in = listening(Framing.OCTET_COUNTING, Optional.empty());
        Crumbs crumbs = new Crumbs(in.port)) {
      Future<?> sent =
          sender(
              new Socket(InetAddress.getLoopbackAddress(), crumbs.port()),
              Optional.empty(),
              socket -> {
                for (byte one : "11 <13>1 - - -5 <1>é".getBytes(StandardCharsets.UTF_8)) {
                  socket.getOutputStream().write(one);
                  socket.getOutputStream().flush();
                }
                send(socket, "20000 " + "x".repeat(20_000));
              });

      assertEquals(List.of("<13>1 - - -", "<1>é", "x".repeat(20_000)), in.read(3));
      sent.get();
    }
  }

  @Test
  void plainTextIsTurnedAwayAndOthersGoOn() throws Exception {
    try (Listening in = listening();
        Socket plain = plain(in)) {
      send(plain, "<13>1 - - - - - - hello\n<13>1 - - - - - - hello\n");

      assertContains("`127.0.0.1` and this side come to no understanding by TLS: ", warned(in));
      assertGoesOn(in, Optional.empty());
      assertEquals(List.of("next"), in.taken);
    }
  }

  @Test
  void whoMustShowACertificateIsToldWhyItIsNotBelieved() throws Exception {
    Optional<String> ca = Optional.of("ca.crt");
    try (Listening in = listening(Framing.LINES, ca)) {
      assertGoesOn(in, Optional.of("sender"));
      Future<?> nobody = sender(in, TlsSourceTest::refused);
      assertContains("Empty client certificate chain", warned(in));
      Future<?> stranger = sender(plain(in), Optional.of("stranger"), TlsSourceTest::refused);
      assertContains("has a certificate of an authority that is not trusted", warned(in));
      Future<?> old = sender(plain(in), Optional.of("old"), TlsSourceTest::refused);
      assertContains("has a certificate that has expired", warned(in));

      assertGoesOn(in, Optional.of("sender"));
      assertEquals(List.of("next", "next"), in.taken);
      for (Future<?> each : List.of(nobody, stranger, old)) {
        each.get();
      }
    }
  }

  private static void refused(SSLSocket socket) throws IOException {
    try {
      send(socket, "secret\n");
      assertEquals(-1, socket.getInputStream().read());
      throw new AssertionError("it was not told");
    } catch (IOException told) {
      // The alert, or that the connection is gone.
      assertFalse(socket.getSession().isValid() && told.getMessage() == null);
    }
  }

  @Test
  void aConnectionThatBeginsNothingIsClosedInTimeAndHinders() throws Exception {
    try (Listening in = listening();
        Socket silent = plain(in);
        Socket looks = plain(in)) {
      silent.getOutputStream().write(22);
      looks.close();
      assertGoesOn(in, Optional.empty());
      assertEquals(List.of(), in.warnings());
      // Time in which nobody looked does not count.
      in.clock.advance(Duration.ofMinutes(5));
      in.step(1);
      assertEquals(List.of(), in.warnings());
      for (int i = 0; i < 10; i++) {
        in.clock.advance(Duration.ofSeconds(1));
        in.step(1);
      }

      assertContains("has not begun to speak TLS within 10 s", warned(in));
      assertEquals(0, silent.getInputStream().readAllBytes().length, "closed");
      assertGoesOn(in, Optional.empty());
    }
  }

  @Test
  void onlySoManyMayBeAboutToBegin() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (Listening in = listening()) {
      for (int i = 0; i < TcpIntake.MOST_GREETING; i++) {
        silent.add(plain(in));
        in.step(1);
      }
      Future<?> waits = sender(in, socket -> send(socket, "late\n"));
      for (int i = 0; i < 20; i++) {
        in.step(10);
      }
      assertEquals(List.of(), in.taken);
      for (int i = 0; i < 11; i++) {
        in.clock.advance(Duration.ofSeconds(1));
        in.step(1);
      }

      assertEquals(List.of("late"), in.read(1));
      waits.get();
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void manySendersAtOnceAreAllRead() throws Exception {
    int count = 300;
    try (Listening in = listening()) {
      List<Future<?>> all = new ArrayList<>();
      ExecutorService some = Executors.newFixedThreadPool(30);
      for (int i = 0; i < count; i++) {
        String line = "line " + i;
        all.add(
            some.submit(
                () -> {
                  sender(in, socket -> send(socket, line + "\n" + line + " too")).get();
                  return true;
                }));
      }
      List<String> taken = in.read(2 * count);
      for (Future<?> each : all) {
        each.get();
      }
      some.shutdown();

      List<String> expected =
          IntStream.range(0, count)
              .boxed()
              .flatMap(i -> List.of("line " + i, "line " + i + " too").stream())
              .sorted()
              .toList();
      assertEquals(expected, taken.stream().sorted().toList());
      assertEquals(List.of(), in.warnings());
    }
  }

  @Test
  void aConnectionThatIsCutWithoutAnEndOfTlsLeavesARecordThatIsNone() throws Exception {
    try (Listening in = listening();
        Socket below = plain(in)) {
      Future<?> sent =
          sender(
              below,
              Optional.empty(),
              socket -> {
                send(socket, "a\nhalf");
                below.close();
              });

      assertEquals(List.of("a", "D101 the connection ended within a record"), in.read(2));
      sent.get();
    }
  }

  @Test
  void bytesThatAreForgedEndTheConnection() throws Exception {
    try (Listening in = listening();
        Socket below = plain(in)) {
      Future<?> sent =
          sender(
              below,
              Optional.empty(),
              socket -> {
                send(socket, "a\n");
                byte[] forged = new byte[45];
                System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, forged, 0, 5);
                below.getOutputStream().write(forged);
                below.getOutputStream().flush();
              });

      assertContains("come to no understanding by TLS: ", warned(in));
      assertEquals(List.of("a"), in.taken);
      assertGoesOn(in, Optional.empty());
      sent.get();
    }
  }

  @Test
  void nothingIsAgreedOnAnew() throws Exception {
    try (Listening in = listening()) {
      Future<?> sent =
          sender(
              in,
              socket -> {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                send(socket, "a\n");
                socket.startHandshake();
                try {
                  while (socket.getInputStream().read() >= 0) {}
                } catch (SSLException told) {
                  assertContains("", told.toString());
                }
              });

      assertContains("it asks to agree anew, which is not done", warned(in));
      assertEquals(List.of("a"), in.taken);
      assertGoesOn(in, Optional.empty());
      assertTrue(sent.isDone() || sent.cancel(true));
    }
  }

  @Test
  void whoIsTurnedAwayAgainAndAgainIsToldOnce() throws Exception {
    try (Listening in = listening()) {
      for (int i = 0; i < 3; i++) {
        try (Socket plain = plain(in)) {
          send(plain, "hello\nhello\n");
          for (int step = 0; step < 5; step++) {
            in.step(20);
          }
        }
      }
      assertEquals(1, in.warnings().size());
    }
  }
}
