package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainConnection implements Connection {
  private final SocketChannel channel;
  private final ByteBuffer buffer;
  private boolean closed;

  /**
   * A connection.
   *
   * @param buffer for what is read, which connections of one thread may share
   */
  PlainConnection(SocketChannel channel, ByteBuffer buffer) {
    this.channel = channel;
    this.buffer = buffer;
  }

  @Override
  public int read(Taker to) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count > 0) {
      to.take(buffer.flip());
    }
    closed = count < 0;
    return closed ? ENDED : count;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    int unused = channel.write(bytes);
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public boolean isGreeting() {
    return false;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void end() throws IOException {
    SocketChannel unused = channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
