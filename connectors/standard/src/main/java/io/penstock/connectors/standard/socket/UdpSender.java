package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Sends each record as a datagram. Nobody says whether it arrives. */
final class UdpSender implements Sender {
  /** What fits into a datagram of IPv4. */
  private static final int MOST = 65_507;

  private final InetSocketAddress address;
  private final DatagramChannel channel;

  UdpSender(String step, Address to) throws IOException {
    try {
      address = to.found();
    } catch (UnknownHostException unknown) {
      throw new PipelineException(
          Problem.of(
              Outage.UNKNOWN_HOST.ofSink(),
              Origin.file(step),
              "nobody knows the host of `" + to + "`",
              "check `address`"),
          unknown);
    }
    channel = DatagramChannel.open();
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public void add(byte[] bytes, int from, int length) throws IOException {
    try {
      int unused = channel.send(ByteBuffer.wrap(bytes, from, length), address);
    } catch (PortUnreachableException nobody) {
      // It is told of an earlier datagram at best, and not always: nothing is sure by UDP.
    }
  }

  @Override
  public void flush() {
    // Each went out when it was taken.
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
