package io.penstock.connectors.standard.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.network.Retry;
import io.penstock.api.option.Patience;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.system.Scheduler;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.connectors.standard.text.TextConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback; waiting moves a clock. */
final class SocketSinkTest {
  private static final Schema LINE = Schema.of(Field.of("line", DataType.STRING));
  private static final FormatConfig JSON =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);

  private final ManualClock clock = new ManualClock(0);
  private final List<Duration> waits = new ArrayList<>();

  private static TcpSinkConfig tcp(int port, Framing framing, Confirm confirm, String format) {
    FormatConfig text =
        new TextConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), 1000, Optional.empty());
    return new TcpSinkConfig(
        "127.0.0.1:" + port,
        Optional.of(format.equals("text") ? text : JSON),
        framing,
        confirm,
        Duration.ofMillis(500),
        Optional.of(
            new Retry(
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                new Patience(Optional.of(Duration.ofSeconds(20))))));
  }

  private SinkWriter writer(SinkConfig config) throws IOException {
    Sink sink = config.sink();
    sink.open(
        new SinkContext(
            "p",
            "out",
            "r",
            LINE,
            config.format().map(FormatConfig::format),
            new MemoryDisk(),
            new Root(Path.of("/")),
            clock,
            OutputStream.nullOutputStream(),
            new Waits(),
            true));
    return sink.writer(0);
  }

  private static SinkRows rows(String... lines) {
    StringBuilder json = new StringBuilder();
    for (String line : lines) {
      json.append("{\"line\":").append(io.penstock.json.Json.ofText(line).toText()).append("}\n");
    }
    Batch batch = Read.all(JSON.format(), LINE, json.toString()).batches().get(0);
    return SinkRows.of(batch);
  }

  @Test
  void rowsAreLinesAndAreThereOnceTheReceiverHasClosed() throws IOException {
    try (Receiver receiver = new Receiver(0, true)) {
      SinkWriter writer = writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "json"));

      assertEquals(Rejects.NONE, writer.write(rows("a", "é")));
      assertEquals(List.of(), receiver.got());
      assertEquals(List.of(), writer.prepare(1));
      assertEquals(List.of("{\"line\":\"a\"}\n{\"line\":\"é\"}\n"), receiver.got());
      assertEquals(Rejects.NONE, writer.write(rows("b")));
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
      SinkWriter writer = writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "text"));

      assertEquals(Rejects.NONE, writer.write(rows("a", "b")));
      assertEquals(List.of(), writer.prepare(1));

      assertEquals(List.of("a\nb\n"), receiver.got());
      assertEquals(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), waits);
      writer.close();
    }
  }

  @Test
  void aReceiverThatDoesNotCloseIsTold() throws IOException {
    try (Receiver receiver = new Receiver(0, false)) {
      SinkWriter writer = writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "text"));
      assertEquals(Rejects.NONE, writer.write(rows("a")));

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
    SinkWriter writer = writer(tcp(nobody, Framing.LINES, Confirm.NONE, "text"));
    assertEquals(Rejects.NONE, writer.write(rows("a")));

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
  void withoutConfirmationOneConnectionIsKept() throws IOException {
    try (Receiver receiver = new Receiver(0, true)) {
      SinkWriter writer = writer(tcp(receiver.port(), Framing.LINES, Confirm.NONE, "text"));
      assertEquals(Rejects.NONE, writer.write(rows("a")));
      writer.tick();
      assertEquals(Rejects.NONE, writer.write(rows("b")));
      assertEquals(List.of(), writer.prepare(1));
      writer.close();

      for (int i = 0; i < 1000 && receiver.got().isEmpty(); i++) {
        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
      }
      assertEquals(List.of("a\nb\n"), receiver.got());
    }
  }

  @Test
  void aRecordWithALineFeedNeedsACount() throws IOException {
    try (Receiver receiver = new Receiver(0, true)) {
      SinkWriter lines = writer(tcp(receiver.port(), Framing.LINES, Confirm.CLOSE, "text"));
      Rejects rejects = lines.write(rows("a", "b\nc", "d"));
      assertEquals(1, rejects.rows().size());
      assertEquals(1, rejects.rows().get(0).row());
      assertEquals(List.of(), lines.prepare(1));
      lines.close();

      SinkWriter counted =
          writer(tcp(receiver.port(), Framing.OCTET_COUNTING, Confirm.CLOSE, "text"));
      assertEquals(Rejects.NONE, counted.write(rows("é", "b\nc")));
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
          writer(new UdpSinkConfig("127.0.0.1:" + receiver.getLocalPort(), Optional.of(JSON)));

      Rejects rejects = writer.write(rows("a", "x".repeat(70_000)));

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

  /** Waits that move the clock. */
  private final class Waits implements Scheduler {
    @Override
    public Handle start(String name, Runnable work) {
      throw new AssertionError(name);
    }

    @Override
    public void sleep(Duration duration) {
      waits.add(duration);
      clock.advance(duration);
    }
  }

  /** No files are read. */
  private record Root(Path root) implements io.penstock.api.system.Files {
    @Override
    public Path resolve(String written) {
      return root.resolve(written);
    }

    @Override
    public String shown(Path path) {
      return path.toString();
    }
  }
}
