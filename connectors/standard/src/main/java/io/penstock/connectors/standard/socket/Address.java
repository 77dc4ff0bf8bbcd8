package io.penstock.connectors.standard.socket;

import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A host and a port. */
record Address(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST = 65_535;

  /** Where to listen: {@code host:port}, {@code [::1]:port}, or a port of this machine alone. */
  static Optional<Address> listen(String written) {
    return of(written.indexOf(':') < 0 ? LOOPBACK + ":" + written : written);
  }

  /** What is written: {@code host:port} or {@code [::1]:port}. */
  static Optional<Address> of(String written) {
    int colon = written.lastIndexOf(':');
    String host = written.substring(0, Math.max(0, colon));
    String digits = written.substring(colon + 1);
    boolean six = host.startsWith("[") && host.endsWith("]");
    if (!digits.matches("[0-9]{1,5}") || host.isEmpty() || !six && host.indexOf(':') >= 0) {
      return Optional.empty();
    }
    int port = Integer.parseInt(digits);
    String bare = six ? host.substring(1, host.length() - 1) : host;
    return port < 1 || port > MOST || !bare.matches("[A-Za-z0-9.:_-]+")
        ? Optional.empty()
        : Optional.of(new Address(bare, port));
  }

  static void checkListen(String written, Checks checks) {
    if (listen(written).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "listen",
          "`listen` must be `host:port` or a port from 1 to 65535, not `" + written + "`",
          "write `127.0.0.1:5140`, or `0.0.0.0:5140` to listen to everybody");
    }
  }

  static void checkTarget(String written, Checks checks) {
    if (of(written).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "address",
          "`address` must be `host:port`, the port from 1 to 65535, not `" + written + "`",
          "write it as in `logs.example.com:5140`");
    }
  }

  /** The address with its host looked up. */
  InetSocketAddress found() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
