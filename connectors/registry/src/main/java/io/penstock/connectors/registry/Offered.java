package io.penstock.connectors.registry;

import java.util.List;

/** A schema as a registry is given it, with those that it is built on. */
public record Offered(String schema, List<Reference> references) {
  public Offered {
    references = List.copyOf(references);
  }
}
