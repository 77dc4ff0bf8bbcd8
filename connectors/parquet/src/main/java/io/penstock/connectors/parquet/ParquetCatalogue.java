package io.penstock.connectors.parquet;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class ParquetCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(ParquetConfig.class);
  }
}
