package io.penstock.connectors.standard.socket;

import io.penstock.api.network.Distrust;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Clock;
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
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * Connections, all of them served by the thread that reads. What is not read stays with the sender,
 * and so do connections past the limit, until others end.
 */
final class TcpIntake implements Intake {
  /** How long a connection may take until TLS has begun, of the time in which it was served. */
  static final Duration GREETING = Duration.ofSeconds(10);

  /** How many may be about to begin TLS; others wait to be accepted. */
  static final int MOST_GREETING = 256;

  private static final int BACKLOG = 1024;

  /** Keys are dear to reckon with: those whose records wait are served in between. */
  private static final int GREETINGS_AT_ONCE = 16;

  /** A longer time without a look was the pipeline's, and not the connections'. */
  private static final long MOST_BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  private final Limits limits;
  private final Optional<Supplier<SSLEngine>> tls;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final SelectionKey accepting;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final TlsConnection.Room room = new TlsConnection.Room();
  private final TurnedAway turnedAway;
  private int connections;
  private int greeting;
  private long lookedAt;
  private long served;

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
    private final Connection connection;
    private final Frames frames;
    private final long greetedUntil;
    private boolean greeting;
    private boolean heard;
    private long lastNanos;

    Peer(String remote, Connection connection, Frames frames, long greetedUntil, long nanos) {
      this.remote = remote;
      this.connection = connection;
      this.frames = frames;
      this.greetedUntil = greetedUntil;
      this.greeting = connection.isGreeting();
      this.lastNanos = nanos;
    }
  }

  /**
   * Listens.
   *
   * @param tls what each connection by TLS needs; empty where none is spoken
   */
  TcpIntake(InetSocketAddress listen, Limits limits, Optional<Supplier<SSLEngine>> tls, String step)
      throws IOException {
    this.limits = limits;
    this.tls = tls;
    this.turnedAway = new TurnedAway(step);
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
  public void take(Deque<Arrived> to, Duration wait, int bytes, Clock clock) throws IOException {
    long millis = wait.toMillis();
    int unused = millis > 0 ? selector.select(millis) : selector.selectNow();
    List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
    selector.selectedKeys().clear();
    long now = clock.nanos();
    served += Math.min(MOST_BETWEEN_LOOKS, lookedAt == 0 ? 0 : now - lookedAt);
    lookedAt = now;
    long taken = 0;
    int greeted = 0;
    for (SelectionKey key : ready) {
      if (!key.isValid()) {
        continue;
      }
      if (key.isAcceptable()) {
        accept(now);
        continue;
      }
      boolean greets = ((Peer) key.attachment()).greeting;
      greeted += greets ? 1 : 0;
      if (taken < bytes && (!greets || greeted <= GREETINGS_AT_ONCE)) {
        taken += read(key, to, clock);
      }
    }
    closeLate(to, clock);
  }

  private void accept(long nanos) throws IOException {
    while (mayAccept()) {
      SocketChannel channel = server.accept();
      if (channel == null) {
        return;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      String remote =
          ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
      Connection connection =
          tls.isPresent()
              ? new TlsConnection(tls.get().get(), channel, room)
              : new PlainConnection(channel, buffer);
      Frames frames = new Frames(limits.framing(), limits.maxRecord());
      Peer peer = new Peer(remote, connection, frames, served + GREETING.toNanos(), nanos);
      channel.register(selector, SelectionKey.OP_READ, peer);
      connections++;
      greeting += peer.greeting ? 1 : 0;
    }
    accepting.interestOps(0);
  }

  private boolean mayAccept() {
    return connections < limits.maxConnections() && greeting < MOST_GREETING;
  }

  /** Reads once from a connection; how many bytes came. */
  private int read(SelectionKey key, Deque<Arrived> to, Clock clock) throws IOException {
    Peer peer = (Peer) key.attachment();
    long micros = clock.micros();
    int count;
    try {
      count = peer.connection.read(bytes -> cut(peer, bytes, to, micros));
      key.interestOps(SelectionKey.OP_READ | (peer.connection.flush() ? 0 : SelectionKey.OP_WRITE));
    } catch (IOException broken) {
      broken(key, peer, broken, to, micros);
      return 0;
    }
    if (count > 0) {
      peer.lastNanos = clock.nanos();
      peer.heard = true;
    }
    if (peer.greeting && !peer.connection.isGreeting()) {
      greeted(peer);
    }
    if (count == Connection.ENDED) {
      end(key, peer, false, to, micros);
    } else if (peer.frames.isLost()) {
      hangUp(key);
    }
    return Math.max(0, count);
  }

  private static void cut(Peer peer, ByteBuffer bytes, Deque<Arrived> to, long micros) {
    peer.frames.add(bytes);
    Optional<Frames.Frame> frame = peer.frames.next();
    while (frame.isPresent()) {
      to.add(arrived(peer, frame.get(), micros));
      frame = peer.frames.next();
    }
  }

  private static Arrived arrived(Peer peer, Frames.Frame frame, long micros) {
    return new Arrived(frame.bytes(), peer.remote, micros, frame.wrong());
  }

  /** What a connection has brought before it broke has been taken. */
  private void broken(
      SelectionKey key, Peer peer, IOException broken, Deque<Arrived> to, long micros)
      throws IOException {
    // Who connects and says nothing looks whether somebody listens.
    if (Distrust.isOne(broken) || peer.greeting && peer.heard) {
      turnedAway.add(peer.remote, Distrust.reason(broken));
    }
    end(key, peer, true, to, micros);
  }

  private void end(SelectionKey key, Peer peer, boolean broken, Deque<Arrived> to, long micros)
      throws IOException {
    peer.frames.end(broken).ifPresent(frame -> to.add(arrived(peer, frame, micros)));
    hangUp(key);
  }

  private void greeted(Peer peer) {
    if (peer.greeting) {
      peer.greeting = false;
      greeting--;
      acceptAgain();
    }
  }

  private void acceptAgain() {
    if (mayAccept()) {
      accepting.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void hangUp(SelectionKey key) throws IOException {
    Peer peer = (Peer) key.attachment();
    key.cancel();
    peer.connection.close();
    connections--;
    greeted(peer);
    acceptAgain();
  }

  /** Closes connections that are idle for too long, or do not come to speak. */
  private void closeLate(Deque<Arrived> to, Clock clock) throws IOException {
    if (limits.closeIdle().isEmpty() && greeting == 0) {
      return;
    }
    long nanos = clock.nanos();
    long most = limits.closeIdle().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    for (SelectionKey key : List.copyOf(selector.keys())) {
      if (key.isValid() && key.attachment() instanceof Peer peer) {
        if (nanos - peer.lastNanos > most) {
          end(key, peer, true, to, clock.micros());
        } else if (peer.greeting && served > peer.greetedUntil) {
          turnedAway.add(
              peer.remote, "has not begun to speak TLS within " + GREETING.toSeconds() + " s");
          hangUp(key);
        }
      }
    }
  }

  @Override
  public List<Problem> warnings() {
    return turnedAway.take();
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      if (key.attachment() instanceof Peer peer) {
        peer.connection.close();
      }
      key.channel().close();
    }
    selector.close();
  }
}
