package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Clock;
import io.penstock.connectors.standard.value.TooLong;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;

/** Datagrams. What is not taken waits in the system's buffer, and is lost once that is full. */
final class UdpIntake implements Intake {
  private static final int LARGEST = 65_535;

  private final int maxRecord;
  private final Selector selector;
  private final DatagramChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);

  /**
   * Listens.
   *
   * @param held about how many bytes the system is asked to hold
   */
  UdpIntake(InetSocketAddress listen, int maxRecord, int held) throws IOException {
    this.maxRecord = maxRecord;
    this.selector = Selector.open();
    this.channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, held);
      channel.bind(listen);
      channel.configureBlocking(false);
      SelectionKey unused = channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      channel.close();
      selector.close();
      throw e;
    }
  }

  @Override
  public void take(Deque<Arrived> to, Duration wait, int bytes, Clock clock) throws IOException {
    long millis = wait.toMillis();
    int unused = millis > 0 ? selector.select(millis) : selector.selectNow();
    selector.selectedKeys().clear();
    long taken = 0;
    while (taken < bytes) {
      buffer.clear();
      InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
      if (from == null) {
        return;
      }
      byte[] datagram = new byte[buffer.flip().remaining()];
      buffer.get(datagram);
      taken += Math.max(1, datagram.length);
      if (datagram.length > 0) {
        to.add(
            new Arrived(
                datagram, from.getAddress().getHostAddress(), clock.micros(), wrong(datagram)));
      }
    }
  }

  private Optional<Arrived.Wrong> wrong(byte[] datagram) {
    return datagram.length > maxRecord
        ? Optional.of(new Arrived.Wrong(ProblemCode.D107, TooLong.message(maxRecord)))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
