package io.penstock.dsl.language.emission;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** The times at which results come. */
public final class EmitCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(Final.class, Changes.class, Every.class);
  }
}
