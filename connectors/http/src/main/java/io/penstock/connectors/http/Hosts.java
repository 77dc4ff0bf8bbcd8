package io.penstock.connectors.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which hosts may be asked. One that is written in the file is trusted, but for the link-local
 * addresses at which clouds give out keys; one that comes from data must be public. Hosts that are
 * listed may always be asked.
 *
 * @param listed names and addresses; {@code *.example.com} stands for all names that end so
 */
record Hosts(List<String> listed) {
  Hosts {
    listed = listed.stream().map(host -> bare(host.toLowerCase(Locale.ROOT))).toList();
  }

  /** Why a host may not be asked; empty where it may, or nobody knows it. */
  Optional<String> refusal(URI uri, boolean fromData) {
    String host = bare(uri.getHost().toLowerCase(Locale.ROOT));
    if (isListed(host)) {
      return Optional.empty();
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        Optional<String> kind = kind(address, fromData);
        if (kind.isPresent()) {
          return Optional.of(
              "the host `" + host + "` is " + kind.get() + " and is not listed in `hosts`");
        }
      }
    } catch (UnknownHostException unknown) {
      // Said by who asks it.
    }
    return Optional.empty();
  }

  /** Whether a literal address is one that is never meant. */
  static boolean isLinkLocal(String host) {
    String bare = bare(host);
    boolean literal = bare.indexOf(':') >= 0 || bare.matches("[0-9.]+");
    if (!literal) {
      return false;
    }
    try {
      return isKeyGiver(InetAddress.getByName(bare));
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  private boolean isListed(String host) {
    return listed.stream()
        .anyMatch(
            allowed ->
                allowed.equals(host)
                    || allowed.startsWith("*.") && host.endsWith(allowed.substring(1)));
  }

  private static Optional<String> kind(InetAddress address, boolean fromData) {
    if (isKeyGiver(address)) {
      return Optional.of("link-local");
    }
    if (!fromData) {
      return Optional.empty();
    }
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return Optional.of("this machine");
    }
    if (address.isSiteLocalAddress() || isPrivate(address.getAddress())) {
      return Optional.of("private");
    }
    return address.isMulticastAddress() ? Optional.of("a group") : Optional.empty();
  }

  /** Link-local, and the address of the same service in one cloud's own network. */
  private static boolean isKeyGiver(InetAddress address) {
    byte[] bytes = inner(address.getAddress());
    boolean four = bytes.length == 4 && (bytes[0] & 0xff) == 169 && (bytes[1] & 0xff) == 254;
    boolean cloud =
        bytes.length == 16
            && (bytes[0] & 0xff) == 0xfd
            && bytes[1] == 0
            && (bytes[2] & 0xff) == 0x0e
            && (bytes[3] & 0xff) == 0xc2;
    return four || cloud || address instanceof Inet6Address six && six.isLinkLocalAddress();
  }

  private static boolean isPrivate(byte[] whole) {
    byte[] bytes = inner(whole);
    if (bytes.length == 4) {
      int first = bytes[0] & 0xff;
      int second = bytes[1] & 0xff;
      return first == 0
          || first == 10
          || first == 127
          || first == 100 && second >= 64 && second < 128
          || first == 172 && second >= 16 && second < 32
          || first == 192 && second == 168
          || first == 198 && (second == 18 || second == 19)
          || first >= 240;
    }
    return (bytes[0] & 0xfe) == 0xfc;
  }

  /**
   * The IPv4 address that an IPv6 address leads to through a translator, or the bytes as they are.
   */
  private static byte[] inner(byte[] bytes) {
    boolean translated =
        bytes.length == 16
            && bytes[0] == 0
            && (bytes[1] & 0xff) == 0x64
            && (bytes[2] & 0xff) == 0xff;
    boolean mapped = bytes.length == 16;
    for (int i = 0; mapped && i < 10; i++) {
      mapped = bytes[i] == 0;
    }
    mapped = mapped && (bytes[10] == bytes[11]) && (bytes[10] == 0 || bytes[10] == -1);
    boolean some = bytes.length == 16 && (bytes[12] != 0 || bytes[13] != 0);
    return (translated || mapped) && some
        ? new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]}
        : bytes;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
