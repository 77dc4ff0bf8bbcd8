package io.penstock.api.option;

import java.util.List;

/**
 * The components of a module, in plain code, found by {@link java.util.ServiceLoader}. Loading a
 * catalogue must not load the vendor's library.
 */
public interface Catalogue {
  /** The records, each with {@link Component}. */
  List<Class<? extends Record>> components();
}
