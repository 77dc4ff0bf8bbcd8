package io.penstock.connectors.standard.text;

import java.util.Optional;

/** In work. */
record Records() {
  static Records of(
      Optional<String> startsWith,
      Optional<String> continuesWith,
      Optional<String> endsWith,
      int maxLines) {
    return new Records();
  }
}
