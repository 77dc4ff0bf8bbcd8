package io.penstock.dsl.language.window;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** The built-in windows. */
public final class WindowCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(
        Tumbling.class,
        Hopping.class,
        Cumulative.class,
        Session.class,
        Same.class,
        StartsWith.class,
        EndsWith.class);
  }
}
