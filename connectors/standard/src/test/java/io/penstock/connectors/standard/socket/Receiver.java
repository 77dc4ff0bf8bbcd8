package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes connections one after the other; some of the first are broken off. */
final class Receiver implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> got = Collections.synchronizedList(new ArrayList<>());
  private final int broken;
  private final boolean closes;
  private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

  /**
   * A receiver.
   *
   * @param broken how many connections are reset once a byte has come
   * @param closes whether it closes a connection that has ended
   */
  Receiver(int broken, boolean closes) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), broken, closes);
  }

  /** The same for what a socket of the JDK's accepts. */
  Receiver(ServerSocket server, int broken, boolean closes) {
    this.server = server;
    this.broken = broken;
    this.closes = closes;
    Thread thread = new Thread(this::serve, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** What whole connections have brought. */
  List<String> got() {
    return List.copyOf(got);
  }

  /**
   * Waits until so many connections were whole. By TLS 1.2 Java ends a connection for the receiver,
   * before that one has seen what came.
   */
  void await(int count) throws InterruptedException {
    synchronized (got) {
      while (got.size() < count) {
        got.wait();
      }
    }
  }

  private void serve() {
    for (int number = 0; !server.isClosed(); number++) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        take(socket, number < broken);
      } catch (IOException e) {
        // The test has ended, or a sender has gone.
      }
    }
  }

  private void take(Socket socket, boolean breaks) throws IOException {
    InputStream in = socket.getInputStream();
    if (breaks) {
      int unused = in.read();
      socket.setSoLinger(true, 0);
      socket.close();
      return;
    }
    socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
    if (closes) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      synchronized (got) {
        got.add(all);
        got.notifyAll();
      }
      socket.close();
    }
  }

  @Override
  public void close() {
    try {
      for (Socket socket : List.copyOf(open)) {
        socket.close();
      }
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
