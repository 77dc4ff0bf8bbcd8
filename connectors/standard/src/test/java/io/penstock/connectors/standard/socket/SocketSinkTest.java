package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.option.Patience;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.connectors.standard.text.TextConfig;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback; waiting moves a clock. */
final class SocketSinkTest {
  private static final FormatConfig JSON =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);

  private final Sending sending = new Sending(new MemoryDisk());

  private static TcpSinkConfig tcp(int port, Framing framing, Confirm confirm, String format) {
    FormatConfig text =
        new TextConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), 1000, Optional.empty());
    return new TcpSinkConfig(
        "127.0.0.1:" + port,
        Optional.of(format.equals("text") ? text : JSON),
        framing,
        confirm,
        Optional.empty(),
        Duration.ofMillis(500),
        Optional.of(
            new Retry(
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                new Patience(Optional.of(Duration.ofSeconds(20))))));
  }

  @Test
  void rowsAreLinesAndAreThereOnceTheReceiverHasClosed() throws IOException {
    try (Receiver receiver = new Receiver(0, true)) {
      SinkWriter writer =
          sending.writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "json"));

      assertEquals(Rejects.NONE, writer.write(Sending.rows("a", "é")));
      assertEquals(List.of(), receiver.got());
      assertEquals(List.of(), writer.prepare(1));
      assertEquals(List.of("{\"line\":\"a\"}\n{\"line\":\"é\"}\n"), receiver.got());
      assertEquals(Rejects.NONE, writer.write(Sending.rows("b")));
      writer.tick();
      assertEquals(2, receiver.got().size());
      assertEquals(List.of(), writer.prepare(2));
      assertEquals(2, receiver.got().size());
      writer.close();
    }
  }

  @Test
  void rowsAreSentAgainUntilTheReceiverHasThem() throws IOException {
    try (Receiver receiver = new Receiver(3, true)) {
      SinkWriter writer =
          sending.writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "text"));

      assertEquals(Rejects.NONE, writer.write(Sending.rows("a", "b")));
      assertEquals(List.of(), writer.prepare(1));

      assertEquals(List.of("a\nb\n"), receiver.got());
      assertEquals(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
          sending.waits());
      writer.close();
    }
  }

  @Test
  void aReceiverThatDoesNotCloseIsTold() throws IOException {
    try (Receiver receiver = new Receiver(0, false)) {
      SinkWriter writer =
          sending.writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "text"));
      assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));

      PipelineException ended = assertThrows(PipelineException.class, () -> writer.prepare(1));

      assertEquals("R323", ended.problem().code().name());
      assertTrue(
          ended.problem().message().contains("the receiver does not close the connection"),
          ended.problem().message());
      assertTrue(ended.problem().toString().contains("confirm: none"), ended.problem().toString());
      writer.close();
    }
  }

  @Test
  void whereNobodyListensTheRunEndsAfterAWhile() throws IOException {
    int nobody = Listening.free();
    SinkWriter writer = sending.writer(tcp(nobody, Framing.LINES, Confirm.NONE, "text"));
    assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));

    PipelineException ended = assertThrows(PipelineException.class, writer::tick);

    assertEquals("R322", ended.problem().code().name());
    assertTrue(
        ended
            .problem()
            .message()
            .startsWith("nothing listens at `127.0.0.1:" + nobody + "`, tried "),
        ended.problem().message());
    writer.close();
  }

  @Test
  void withoutConfirmationOneConnectionIsKept() throws Exception {
    try (Receiver receiver = new Receiver(0, true)) {
      SinkWriter writer = sending.writer(tcp(receiver.port(), Framing.LINES, Confirm.NONE, "text"));
      assertEquals(Rejects.NONE, writer.write(Sending.rows("a")));
      writer.tick();
      assertEquals(Rejects.NONE, writer.write(Sending.rows("b")));
      assertEquals(List.of(), writer.prepare(1));
      writer.close();

      receiver.await(1);
      assertEquals(List.of("a\nb\n"), receiver.got());
    }
  }

  @Test
  void aRecordWithALineFeedNeedsACount() throws IOException {
    try (Receiver receiver = new Receiver(0, true)) {
      SinkWriter lines = sending.writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "text"));
      Rejects rejects = lines.write(Sending.rows("a", "b\nc", "d"));
      assertEquals(1, rejects.rows().size());
      assertEquals(1, rejects.rows().get(0).row());
      assertEquals(List.of(), lines.prepare(1));
      lines.close();

      SinkWriter counted =
          sending.writer(tcp(receiver.port(), Framing.OCTET_COUNTING, Confirm.CLOSE, "text"));
      assertEquals(Rejects.NONE, counted.write(Sending.rows("é", "b\nc")));
      assertEquals(List.of(), counted.prepare(1));
      counted.close();

      assertEquals(List.of("a\nd\n", "2 é3 b\nc"), receiver.got());
    }
  }

  @Test
  void datagramsGoOutAtOnceAndLargeOnesAreRefused() throws IOException {
    try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      receiver.setSoTimeout(10_000);
      SinkWriter writer =
          sending.writer(
              new UdpSinkConfig("127.0.0.1:" + receiver.getLocalPort(), Optional.of(JSON)));

      Rejects rejects = writer.write(Sending.rows("a", "x".repeat(70_000)));

      assertEquals(1, rejects.rows().size());
      assertEquals(
          "the record has 70011 bytes, and a datagram at most 65507",
          rejects.rows().get(0).message());
      DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
      receiver.receive(packet);
      assertEquals(
          "{\"line\":\"a\"}",
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      writer.close();
    }
  }

  @Test
  void onlyWhatIsConfirmedIsPromised() {
    assertFalse(tcp(1, Framing.LINES, Confirm.CLOSE, "json").traits(SinkUse.EPHEMERAL).loses());
    assertTrue(tcp(1, Framing.LINES, Confirm.NONE, "json").traits(SinkUse.EPHEMERAL).loses());
    assertTrue(new UdpSinkConfig("a:1", Optional.empty()).traits(SinkUse.EPHEMERAL).loses());
  }
}
