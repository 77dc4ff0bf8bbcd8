package io.penstock.connectors.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes bytes on to a server, and on some connections does not. */
final class ByteProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int port;
  private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
  private final List<Socket> open = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Fault always = Fault.NONE;

  /** What happens to a connection. */
  enum Fault {
    NONE,
    /** Nothing is said any more once the request is through: half-open. */
    SILENT,
    /** The server gets the request; its answer is cut in the middle. */
    CUT_ANSWER,
    /** The connection ends before the server hears of it. */
    CUT_REQUEST
  }

  ByteProxy(int port) throws IOException {
    this.port = port;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused = threads.submit(this::accept);
  }

  String url(String path) {
    return "http://localhost:" + listening.getLocalPort() + path;
  }

  /** What happens to the next connections. */
  void next(Fault... order) {
    faults.addAll(List.of(order));
  }

  void always(Fault fault) {
    always = fault;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Fault next = faults.poll();
        Fault fault = next == null ? always : next;
        keep(client);
        var unused = threads.submit(() -> serve(client, fault));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private synchronized void keep(Socket socket) {
    open.add(socket);
  }

  private void serve(Socket client, Fault fault) {
    try {
      if (fault == Fault.CUT_REQUEST) {
        client.getInputStream().readNBytes(20);
        client.close();
        return;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      keep(server);
      var unused =
          threads.submit(() -> copy(client.getInputStream(), server.getOutputStream(), -1));
      int most = fault == Fault.SILENT ? 0 : fault == Fault.CUT_ANSWER ? 12 : -1;
      copy(server.getInputStream(), client.getOutputStream(), most);
      if (fault != Fault.SILENT) {
        client.close();
      }
      server.close();
    } catch (IOException broken) {
      // As a broken connection is.
    }
  }

  private static Void copy(InputStream from, OutputStream to, int most) throws IOException {
    byte[] bytes = new byte[4096];
    int left = most;
    for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
      int passed = most < 0 ? count : Math.min(left, count);
      to.write(bytes, 0, passed);
      to.flush();
      left -= passed;
      if (most > 0 && left == 0) {
        return null;
      }
    }
    return null;
  }

  @Override
  public synchronized void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
