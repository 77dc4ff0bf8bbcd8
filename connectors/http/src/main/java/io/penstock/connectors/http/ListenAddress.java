package io.penstock.connectors.http;

import java.util.Optional;

/** Where to listen. */
record ListenAddress(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST = 65_535;

  /** What is written: {@code host:port}, {@code [::1]:port}, or a port alone. */
  static Optional<ListenAddress> of(String written) {
    int colon = written.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK : written.substring(0, colon);
    String digits = written.substring(colon + 1);
    boolean six = host.startsWith("[") && host.endsWith("]");
    if (!digits.matches("[0-9]{1,5}") || host.isEmpty() || !six && host.indexOf(':') >= 0) {
      return Optional.empty();
    }
    int port = Integer.parseInt(digits);
    String bare = six ? host.substring(1, host.length() - 1) : host;
    return port < 1 || port > MOST || !bare.matches("[A-Za-z0-9.:_-]+")
        ? Optional.empty()
        : Optional.of(new ListenAddress(bare, port));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
