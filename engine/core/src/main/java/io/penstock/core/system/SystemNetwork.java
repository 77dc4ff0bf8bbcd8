package io.penstock.core.system;

import io.penstock.api.problem.Outage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/** The network of the machine. Thread-safe. */
public final class SystemNetwork {
  private SystemNetwork() {}

  /**
   * Opens a connection and closes it, nothing more. Of a host with several addresses one that
   * answers is enough.
   *
   * @param timeout for each address
   * @return why it did not come about; empty where it did
   */
  public static Optional<Outage> reach(String host, int port, Duration timeout) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      return Optional.of(Outage.UNKNOWN_HOST);
    }
    Outage met = Outage.REFUSED;
    for (InetAddress address : addresses) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), (int) Math.max(1, timeout.toMillis()));
        return Optional.empty();
      } catch (SocketTimeoutException silent) {
        met = Outage.SILENT;
      } catch (IOException refused) {
        // Another address may do; what was met is told if none does.
      }
    }
    return Optional.of(met);
  }
}
