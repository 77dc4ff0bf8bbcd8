package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Bytes by TLS. Between two calls it keeps no more than the beginning of one record that has not
 * come whole, and what the other side does not take. What is agreed on at first is agreed on for
 * good, and the other side must say that it ends: a connection that is only closed is broken.
 */
final class TlsConnection implements Connection {
  private static final byte[] NOTHING = {};

  /** The other side makes us answer, and reads no answers. */
  private static final int MOST_WAITING = 256 << 10;

  private final SSLEngine engine;
  private final SocketChannel channel;
  private final Room room;
  private byte[] begun = NOTHING;
  private ByteBuffer waiting = ByteBuffer.wrap(NOTHING);
  private boolean greeting = true;
  private boolean ending;
  private boolean saidAll;
  private boolean ended;
  private boolean closed;

  /** Room for one read and one write, which connections of one thread share. */
  record Room(ByteBuffer in, ByteBuffer plain, ByteBuffer out) {
    private static final int BYTES = 64 << 10;

    /** Larger than any record may be, twice. */
    private static final int RECORD = 33 << 10;

    Room() {
      this(
          ByteBuffer.allocate(BYTES + RECORD),
          ByteBuffer.allocate(RECORD),
          ByteBuffer.allocate(RECORD));
    }
  }

  TlsConnection(SSLEngine engine, SocketChannel channel, Room room) throws SSLException {
    this.engine = engine;
    this.channel = channel;
    this.room = room;
    engine.beginHandshake();
  }

  @Override
  public int read(Taker to) throws IOException {
    ByteBuffer in = room.in().clear().put(begun);
    int count = channel.read(in);
    closed = count < 0;
    in.flip();
    if (ended) {
      return ENDED;
    }
    try {
      unwrap(in, to);
    } catch (SSLException wrong) {
      sayWhy();
      throw wrong;
    }
    begun = in.hasRemaining() ? Arrays.copyOfRange(in.array(), in.position(), in.limit()) : NOTHING;
    boolean unused = flush();
    if (ended) {
      return ENDED;
    }
    if (closed) {
      throw new Unfinished(greeting);
    }
    return count;
  }

  private void unwrap(ByteBuffer in, Taker to) throws SSLException {
    boolean more = true;
    while (more) {
      answer();
      SSLEngineResult result = engine.unwrap(in, room.plain().clear());
      if (room.plain().flip().hasRemaining()) {
        to.take(room.plain());
      }
      look(result);
      ended |= result.getStatus() == SSLEngineResult.Status.CLOSED;
      refuseAnotherGreeting();
      answer();
      more =
          result.getStatus() == SSLEngineResult.Status.OK
              && result.bytesConsumed() > 0
              && in.hasRemaining();
    }
  }

  private void look(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      greeting = false;
    }
  }

  /** Up to TLS 1.2 either side may ask to agree anew, which has let strangers in between. */
  private void refuseAnotherGreeting() throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    boolean quiet = status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
    boolean old = !engine.getSession().getProtocol().equals("TLSv1.3");
    if (!greeting && old && !quiet && !ended && !ending) {
      throw new SSLException("it asks to agree anew, which is not done");
    }
  }

  /** Does what the engine asks for but reading. */
  private void answer() throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    boolean on = true;
    while (on && (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP)) {
      if (status == HandshakeStatus.NEED_TASK) {
        Runnable task = engine.getDelegatedTask();
        on = task != null;
        if (task != null) {
          task.run();
        }
      } else {
        on = wrap(ByteBuffer.wrap(NOTHING));
      }
      status = engine.getHandshakeStatus();
    }
  }

  /** Makes a record of what there is, or of what the engine has to say; whether it came to one. */
  private boolean wrap(ByteBuffer bytes) throws SSLException {
    SSLEngineResult result = engine.wrap(bytes, room.out().clear());
    look(result);
    room.out().flip();
    if (room.out().hasRemaining()) {
      ByteBuffer all = ByteBuffer.allocate(waiting.remaining() + room.out().remaining());
      waiting = all.put(waiting).put(room.out()).flip();
    }
    if (waiting.remaining() > MOST_WAITING) {
      throw new SSLException("it does not read what it is answered");
    }
    return result.bytesProduced() > 0;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (!greeting && flush() && bytes.hasRemaining()) {
      boolean unused = wrap(bytes);
    }
  }

  @Override
  public boolean flush() throws IOException {
    try {
      answer();
    } catch (SSLException wrong) {
      sayWhy();
      throw wrong;
    }
    if (waiting.hasRemaining()) {
      push();
    }
    if (waiting.hasRemaining()) {
      return false;
    }
    if (ending && !saidAll) {
      saidAll = true;
      SocketChannel unused = channel.shutdownOutput();
    }
    return true;
  }

  private void push() throws IOException {
    try {
      int unused = channel.write(waiting);
    } catch (IOException gone) {
      if (engine.getUseClientMode()) {
        throw gone;
      }
      // Who sends may leave without an answer; what was said before is still to be read.
      waiting = ByteBuffer.wrap(NOTHING);
    }
  }

  @Override
  public boolean isGreeting() {
    return greeting;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void end() throws IOException {
    ending = true;
    engine.closeOutbound();
    boolean unused = flush();
  }

  /** Tells the other side what is wrong, where it still listens. */
  private void sayWhy() {
    try {
      boolean said = true;
      while (said && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        said = wrap(ByteBuffer.wrap(NOTHING));
      }
      int unused = channel.write(waiting);
    } catch (IOException gone) {
      // It is told why it was turned away where it can be; who is gone need not know.
    }
  }

  /** Who has not heard the other side out must not seem to have: then it only closes. */
  @Override
  public void close() throws IOException {
    if (ended && !ending) {
      engine.closeOutbound();
      sayWhy();
    }
    channel.close();
  }

  /** The other side has closed the connection and has not ended TLS before. */
  static final class Unfinished extends IOException {
    private static final long serialVersionUID = 1;

    Unfinished(boolean greeting) {
      super(
          greeting
              ? "the connection was closed before TLS had begun"
              : "the connection was closed without the end that TLS has (close_notify)");
    }
  }
}
