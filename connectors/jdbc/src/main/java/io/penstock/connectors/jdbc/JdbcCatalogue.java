package io.penstock.connectors.jdbc;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class JdbcCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(JdbcSourceConfig.class, JdbcSinkConfig.class, JdbcLookupConfig.class);
  }
}
