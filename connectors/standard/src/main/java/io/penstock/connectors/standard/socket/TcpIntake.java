package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Connections, all of them served by the thread that reads. What is not read stays with the sender,
 * and so do connections past the limit, until others end.
 */
final class TcpIntake implements Intake {
  private static final int BACKLOG = 1024;

  private final Limits limits;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final SelectionKey accepting;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private int connections;

  /**
   * What connections may do.
   *
   * @param framing empty where each tells by its first byte
   * @param closeIdle after what time without bytes a connection is closed
   */
  record Limits(
      Optional<Framing> framing, int maxRecord, int maxConnections, Optional<Duration> closeIdle) {}

  /** A connection. */
  private static final class Peer {
    private final String remote;
    private final Frames frames;
    private long lastMicros;

    Peer(String remote, Frames frames, long lastMicros) {
      this.remote = remote;
      this.frames = frames;
      this.lastMicros = lastMicros;
    }
  }

  TcpIntake(InetSocketAddress listen, Limits limits) throws IOException {
    this.limits = limits;
    this.selector = Selector.open();
    this.server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(listen, BACKLOG);
      server.configureBlocking(false);
      accepting = server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      server.close();
      selector.close();
      throw e;
    }
  }

  @Override
  public void take(Deque<Arrived> to, Duration wait, int bytes, Now now) throws IOException {
    long millis = wait.toMillis();
    int unused = millis > 0 ? selector.select(millis) : selector.selectNow();
    List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
    selector.selectedKeys().clear();
    long taken = 0;
    for (SelectionKey key : ready) {
      if (!key.isValid()) {
        continue;
      }
      if (key.isAcceptable()) {
        accept(now);
      } else if (taken < bytes) {
        taken += read(key, to, now);
      }
    }
    closeIdle(to, now);
  }

  private void accept(Now now) throws IOException {
    while (connections < limits.maxConnections()) {
      SocketChannel channel = server.accept();
      if (channel == null) {
        return;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      String remote =
          ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
      Frames frames = new Frames(limits.framing(), limits.maxRecord());
      channel.register(selector, SelectionKey.OP_READ, new Peer(remote, frames, now.micros()));
      connections++;
    }
    accepting.interestOps(0);
  }

  /** Reads once from a connection; how many bytes came. */
  private int read(SelectionKey key, Deque<Arrived> to, Now now) throws IOException {
    Peer peer = (Peer) key.attachment();
    buffer.clear();
    int count;
    boolean broken = false;
    try {
      count = ((SocketChannel) key.channel()).read(buffer);
    } catch (IOException reset) {
      count = -1;
      broken = true;
    }
    long micros = now.micros();
    if (count > 0) {
      peer.lastMicros = micros;
      peer.frames.add(buffer.flip());
      Optional<Frames.Frame> frame = peer.frames.next();
      while (frame.isPresent()) {
        to.add(arrived(peer, frame.get(), micros));
        frame = peer.frames.next();
      }
    }
    if (count < 0) {
      end(key, peer, broken, to, micros);
    } else if (peer.frames.isLost()) {
      hangUp(key);
    }
    return Math.max(0, count);
  }

  private static Arrived arrived(Peer peer, Frames.Frame frame, long micros) {
    return new Arrived(frame.bytes(), peer.remote, micros, frame.wrong());
  }

  private void end(SelectionKey key, Peer peer, boolean broken, Deque<Arrived> to, long micros)
      throws IOException {
    peer.frames.end(broken).ifPresent(frame -> to.add(arrived(peer, frame, micros)));
    hangUp(key);
  }

  private void hangUp(SelectionKey key) throws IOException {
    key.cancel();
    key.channel().close();
    connections--;
    accepting.interestOps(SelectionKey.OP_ACCEPT);
  }

  private void closeIdle(Deque<Arrived> to, Now now) throws IOException {
    if (limits.closeIdle().isEmpty()) {
      return;
    }
    long micros = now.micros();
    long most = limits.closeIdle().get().toNanos() / 1000;
    for (SelectionKey key : List.copyOf(selector.keys())) {
      if (key.isValid()
          && key.attachment() instanceof Peer peer
          && micros - peer.lastMicros > most) {
        end(key, peer, true, to, micros);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      key.channel().close();
    }
    selector.close();
  }
}
