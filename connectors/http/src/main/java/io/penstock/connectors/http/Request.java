package io.penstock.connectors.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is asked of a server.
 *
 * @param body empty for none
 * @param mostBytes how much of the answer is wanted
 */
record Request(String method, URI uri, Map<String, String> headers, byte[] body, long mostBytes) {
  Request {
    headers = java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** As it is said in messages: what may be a secret, behind the question mark, is left out. */
  String shown() {
    return shown(uri);
  }

  /** An address as it is said in messages. */
  static String shown(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + path
        + (uri.getRawQuery() == null ? "" : "?...");
  }
}
