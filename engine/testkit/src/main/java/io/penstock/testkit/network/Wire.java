package io.penstock.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server on this machine that fails when it is told to: bytes pass from a port of its
 * own to the server's and back. Thread-safe; its threads end when it is closed.
 */
public final class Wire implements AutoCloseable {
  private static final int BACKLOG = 200;
  private static final int CHUNK = 16 << 10;
  private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int server;
  private volatile State state = State.PASSING;
  private volatile Duration delay = Duration.ZERO;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  /** What happens to bytes. */
  public enum State {
    /** They come through. */
    PASSING,
    /** Connections are reset, new ones too. */
    RESET,
    /**
     * Connections stay, and come about, and nothing is heard: half-open. What waits comes later.
     */
    SILENT
  }

  private Wire(ServerSocket listening, int server) {
    this.listening = listening;
    this.server = server;
  }

  /** A way to the server at a port of this machine. */
  public static Wire to(int port) throws IOException {
    return to(port, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  /** A way there that begins at this socket, which may be one of TLS. */
  public static Wire to(int port, ServerSocket listening) {
    Wire wire = new Wire(listening, port);
    start(wire::accept);
    return wire;
  }

  /** Where it begins. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Leads new connections to another port. */
  public void leadTo(int port) {
    server = port;
  }

  /** From here on this happens to bytes; those connections that it ends are ended at once. */
  public void be(State next) {
    state = next;
    if (next == State.RESET) {
      open.forEach(this::reset);
    }
  }

  /** From here on each piece of up to 16 KiB takes so long. */
  public void delay(Duration each) {
    delay = each;
  }

  /** From here on no connection carries more one way. */
  public void limit(long most) {
    bytesPerSecond = most;
  }

  /** How many connections there are, both sides counted. */
  public int connections() {
    return open.size();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        open.add(near);
        if (state == State.RESET) {
          reset(near);
        } else {
          start(() -> join(near));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void join(Socket near) {
    try {
      await();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
      open.add(far);
      if (state == State.RESET) {
        reset(near);
        reset(far);
        return;
      }
      start(() -> pass(far, near));
      pass(near, far);
    } catch (IOException nobodyThere) {
      reset(near);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        LockSupport.parkNanos(delay.toNanos());
        await();
        out.write(bytes, 0, count);
        LockSupport.parkNanos(count * (NANOS / Math.min(NANOS, bytesPerSecond)));
      }
      await();
      to.shutdownOutput();
      if (from.isOutputShutdown()) {
        end(from);
        end(to);
      }
    } catch (IOException broken) {
      end(from);
      end(to);
    }
  }

  private void await() {
    while (state == State.SILENT) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // It has ended already.
    }
    end(socket);
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException gone) {
      // It is gone, as it should be.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    state = State.RESET;
    open.forEach(this::reset);
  }
}
