package io.penstock.connectors.http;

import java.net.URI;
import java.util.Map;

/**
 * Where a request goes, with the headers that its rows give it.
 *
 * @param fromData whether the host comes from data
 */
record Target(URI uri, boolean fromData, Map<String, String> headers) {
  Target {
    headers = Map.copyOf(headers);
  }
}
