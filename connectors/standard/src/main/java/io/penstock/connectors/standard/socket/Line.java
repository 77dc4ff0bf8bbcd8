package io.penstock.connectors.standard.socket;

import io.penstock.api.system.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** A connection to a receiver, every wait of which has a limit. Used by one thread. */
final class Line implements AutoCloseable {
  private static final int ANSWERS = 4096;

  private final Selector selector;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Connection connection;
  private final long millis;
  private boolean ended;

  /**
   * Connects.
   *
   * @param tls what a connection by TLS needs
   */
  Line(InetSocketAddress address, Duration timeout, Optional<SSLEngine> tls, Clock clock)
      throws IOException {
    this.millis = Math.max(1, timeout.toMillis());
    this.selector = Selector.open();
    this.channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      boolean connected = channel.connect(address);
      key = channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT);
      if (!connected) {
        await("the connection does not come about");
        boolean unused = channel.finishConnect();
      }
      connection =
          tls.isPresent()
              ? new TlsConnection(tls.get(), channel, new TlsConnection.Room())
              : new PlainConnection(channel, ByteBuffer.allocate(ANSWERS));
      greet(clock, clock.nanos() + timeout.toNanos());
    } catch (IOException e) {
      channel.close();
      selector.close();
      throw e;
    }
  }

  private void greet(Clock clock, long until) throws IOException {
    boolean sent = connection.flush();
    while (connection.isGreeting()) {
      if (clock.nanos() > until) {
        throw new SocketTimeoutException("TLS has not begun within " + millis + " ms");
      }
      key.interestOps(SelectionKey.OP_READ | (sent ? 0 : SelectionKey.OP_WRITE));
      await("TLS does not begin");
      passOver();
      if (ended) {
        throw new ConnectException("the receiver has closed the connection");
      }
      sent = connection.flush();
    }
  }

  private void await(String what) throws IOException {
    int ready = selector.select(millis);
    selector.selectedKeys().clear();
    if (ready == 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      throw new SocketTimeoutException(what + " within " + millis + " ms");
    }
  }

  /** Sends all of it. */
  void send(byte[] bytes, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    boolean sent = false;
    while (!sent) {
      passOver();
      if (ended) {
        throw new ConnectException("the receiver has closed the connection");
      }
      int before = left.remaining();
      connection.write(left);
      sent = connection.flush() && !left.hasRemaining();
      if (!sent && left.remaining() == before) {
        key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        await("the receiver takes nothing");
      }
    }
  }

  /** What a receiver says back is of no interest, but must not be in its way. */
  private void passOver() throws IOException {
    int count = 1;
    while (count > 0) {
      count = connection.read(bytes -> {});
    }
    ended = count == Connection.ENDED;
  }

  /** Says that nothing more comes, and waits until the receiver has closed its side too. */
  void end() throws IOException {
    connection.end();
    passOver();
    // TLS may answer that it ends before the program that reads has come to it.
    while (!ended || !connection.isClosed()) {
      key.interestOps(SelectionKey.OP_READ | (connection.flush() ? 0 : SelectionKey.OP_WRITE));
      await("the receiver does not close the connection");
      passOver();
    }
  }

  /** Says that nothing more comes, and goes without waiting. */
  void leave() throws IOException {
    try (this) {
      connection.end();
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
    selector.close();
  }
}
