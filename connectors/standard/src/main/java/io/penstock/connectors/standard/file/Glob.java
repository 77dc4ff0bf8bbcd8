package io.penstock.connectors.standard.file;

import java.util.Optional;

/** In work. */
final class Glob {
  private Glob() {}

  static Optional<String> problem(String pattern) {
    return pattern.isEmpty() ? Optional.of("it is empty") : Optional.empty();
  }
}
