package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.option.DataSize;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Reader;
import io.penstock.api.source.SourceConfig;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback. */
final class SocketSourceTest {
  private static SourceConfig tcp(int port, int connections, Optional<Duration> idle) {
    return new TcpSourceConfig(
        "127.0.0.1:" + port,
        Optional.empty(),
        Framing.LINES,
        Optional.empty(),
        connections,
        idle,
        new DataSize(1000));
  }

  private static SourceConfig tcp(int port) {
    return tcp(port, 100, Optional.empty());
  }

  private static SourceConfig syslog(int port, Protocol protocol) {
    return new SyslogSourceConfig(
        "127.0.0.1:" + port,
        protocol,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        100,
        Optional.empty(),
        DataSize.mebibytes(1),
        new DataSize(1000));
  }

  private static Socket connect(Listening to) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), to.port);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static void datagram(Listening to, String text) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      socket.send(
          new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), to.port));
    }
  }

  @Test
  void linesOfSeveralConnectionsAreRecords() throws IOException {
    try (Listening in = new Listening(SocketSourceTest::tcp);
        Socket one = connect(in);
        Socket other = connect(in)) {
      send(one, "a\nb");
      send(other, "x\n");
      assertEquals(2, in.read(2).size());
      send(one, "é\n");
      assertTrue(in.read(3).contains("bé"));
      one.close();
      send(other, "last");
      other.close();

      assertEquals(4, in.read(4).size());
      assertTrue(in.taken.containsAll(List.of("a", "x", "bé", "last")), in.taken::toString);
      assertEquals(11, in.position());
      assertEquals("127.0.0.1 1767225600000000", in.meta.get(0));
    }
  }

  @Test
  void aConnectionThatIsResetWithinARecordIsTold() throws IOException {
    try (Listening in = new Listening(SocketSourceTest::tcp)) {
      Socket socket = connect(in);
      send(socket, "a\nhalf");
      assertEquals(List.of("a"), in.read(1));
      socket.setSoLinger(true, 0);
      socket.close();

      assertEquals(List.of("a", "D101 the connection ended within a record"), in.read(2));
    }
  }

  @Test
  void connectionsPastTheLimitWaitUntilOneEnds() throws IOException {
    try (Listening in = new Listening(port -> tcp(port, 1, Optional.empty()));
        Socket one = connect(in)) {
      send(one, "a\n");
      assertEquals(List.of("a"), in.read(1));
      try (Socket other = connect(in)) {
        send(other, "b\n");
        assertEquals(Reader.Step.NOTHING_NOW, in.step(100));
        one.close();

        assertEquals(List.of("a", "b"), in.read(2));
      }
    }
  }

  @Test
  void connectionsThatAreIdleAreClosedWhereTold() throws IOException {
    try (Listening in = new Listening(port -> tcp(port, 1, Optional.of(Duration.ofMinutes(1))));
        Socket one = connect(in)) {
      send(one, "a\nhalf");
      assertEquals(List.of("a"), in.read(1));
      in.clock.advance(Duration.ofMinutes(2));

      assertEquals(List.of("a", "D101 the connection ended within a record"), in.read(2));
      assertEquals(-1, one.getInputStream().read());
    }
  }

  @Test
  void whatIsNotReadStaysWithTheSender() throws IOException {
    byte[] line = ("x".repeat(99) + "\n").getBytes(StandardCharsets.UTF_8);
    try (Listening in = new Listening(SocketSourceTest::tcp);
        SocketChannel sender = SocketChannel.open(connectAddress(in))) {
      sender.configureBlocking(false);
      int sent = 0;
      int refusals = 0;
      ByteBuffer rest = ByteBuffer.allocate(0);
      // Nobody reads, so at some point the system takes no more.
      while (refusals < 50 && sent < 100_000_000) {
        rest = rest.hasRemaining() ? rest : ByteBuffer.wrap(line);
        int count = sender.write(rest);
        sent += count;
        refusals = count == 0 ? refusals + 1 : 0;
      }
      assertTrue(refusals >= 50, "the sender is held up after " + sent + " bytes");

      List<String> taken = in.read(sent / line.length);

      assertEquals(sent / line.length, taken.size());
    }
  }

  private static java.net.InetSocketAddress connectAddress(Listening in) {
    return new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), in.port);
  }

  @Test
  void datagramsAreRecords() throws IOException {
    try (Listening in =
        new Listening(
            port ->
                new UdpSourceConfig(
                    "127.0.0.1:" + port,
                    Optional.empty(),
                    DataSize.mebibytes(1),
                    new DataSize(1000)))) {
      datagram(in, "a\nb\n");
      datagram(in, "");
      datagram(in, "x".repeat(1001));
      datagram(in, "é");

      List<String> taken = in.read(3);

      assertEquals("a\nb\n", taken.get(0));
      assertTrue(taken.get(1).startsWith("D107 "), taken.get(1));
      assertEquals("é", taken.get(2));
    }
  }

  @Test
  void messagesOfSyslogComeByBothProtocolsAndBothFramings() throws IOException {
    try (Listening in = new Listening(port -> syslog(port, Protocol.UDP))) {
      datagram(in, "<13>1 - - - - - - a\nb");
      assertEquals(List.of("<13>1 - - - - - - a\nb"), in.read(1));
    }
    try (Listening in = new Listening(port -> syslog(port, Protocol.TCP));
        Socket counted = connect(in);
        Socket lines = connect(in)) {
      send(counted, "6 <1>a\nb7 <1>long");
      assertEquals(List.of("<1>a\nb", "<1>long"), in.read(2));
      send(lines, "<1>a\n");
      assertEquals("<1>a", in.read(3).get(2));
      send(counted, "x");
      assertEquals(
          "D101 before a message stands no count of its bytes; the connection is closed",
          in.read(4).get(3));
      assertEquals(-1, counted.getInputStream().read());
    }
  }

  @Test
  void whileThePipelineWaitsNothingIsTaken() throws IOException {
    List<String> slept = new ArrayList<>();
    try (Listening in = new Listening(SocketSourceTest::tcp);
        Socket one = connect(in)) {
      send(one, "a\n");
      in.pause(true);
      IllegalStateException waits = assertThrows(IllegalStateException.class, () -> in.step(10));
      slept.add(String.valueOf(waits.getMessage()));
      in.pause(false);

      assertEquals(List.of("a"), in.read(1));
      assertEquals(List.of("nobody waits here: PT0.01S"), slept);
    }
  }

  @Test
  void aPortThatIsTakenStopsTheRun() throws IOException {
    try (Listening in = new Listening(SocketSourceTest::tcp)) {
      PipelineException taken =
          assertThrows(PipelineException.class, () -> new Listening(port -> tcp(in.port)));

      assertEquals("R210", taken.problem().code().name());
      assertTrue(
          taken.problem().message().startsWith("`127.0.0.1:" + in.port + "` cannot be listened at"),
          taken.problem().message());
    }
  }
}
