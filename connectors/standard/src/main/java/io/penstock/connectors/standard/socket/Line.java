package io.penstock.connectors.standard.socket;

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

/** A connection to a receiver, every wait of which has a limit. Used by one thread. */
final class Line implements AutoCloseable {
  private final Selector selector;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final long millis;
  private final ByteBuffer answers = ByteBuffer.allocate(4096);
  private boolean ended;

  /** Connects. */
  Line(InetSocketAddress address, Duration timeout) throws IOException {
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
    } catch (IOException e) {
      close();
      throw e;
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
    while (left.hasRemaining()) {
      passOver();
      if (ended) {
        throw new ConnectException("the receiver has closed the connection");
      }
      if (channel.write(left) == 0) {
        key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        await("the receiver takes nothing");
      }
    }
  }

  /** What a receiver says back is of no interest, but must not be in its way. */
  private void passOver() throws IOException {
    int count;
    do {
      answers.clear();
      count = channel.read(answers);
    } while (count > 0);
    ended = count < 0;
  }

  /** Says that nothing more comes, and waits until the receiver has closed its side too. */
  void end() throws IOException {
    SocketChannel unused = channel.shutdownOutput();
    key.interestOps(SelectionKey.OP_READ);
    passOver();
    while (!ended) {
      await("the receiver does not close the connection");
      passOver();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
