package io.penstock.connectors.registry;

import java.util.List;

/**
 * A schema that a registry has.
 *
 * @param number that stands before records of it; 0 where it was asked for as a version and the
 *     registry does not tell
 * @param text the schema; of Protobuf a file of descriptors in base 64, or its source
 * @param references what it is built on
 */
public record Registered(int number, String text, List<Reference> references) {
  public Registered {
    references = List.copyOf(references);
  }
}
