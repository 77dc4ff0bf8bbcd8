package io.penstock.connectors.standard.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Hands one connection's bytes on to a port, and back, each by itself. */
final class Crumbs implements AutoCloseable {
  private final ServerSocket server;
  private final int to;

  Crumbs(int to) throws IOException {
    this.to = to;
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    begin("crumbs", this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Work that may break off. */
  private interface Work {
    void run() throws IOException;
  }

  private static void begin(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException over) {
                // The test has ended, or one side has gone.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() throws IOException {
    Socket from = server.accept();
    Socket on = new Socket(InetAddress.getLoopbackAddress(), to);
    on.setTcpNoDelay(true);
    from.setTcpNoDelay(true);
    begin("crumbs back", () -> carry(on, from));
    carry(from, on);
  }

  private static void carry(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int one = in.read(); one >= 0; one = in.read()) {
      out.write(one);
      out.flush();
    }
    to.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
