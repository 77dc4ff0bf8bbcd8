package io.penstock.connectors.http;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class HttpCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(
        HttpSourceConfig.class,
        HttpServerConfig.class,
        HttpSinkConfig.class,
        HttpLookupConfig.class,
        NoneConfig.class);
  }
}
