package io.penstock.connectors.avro;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class AvroCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(AvroConfig.class, AvroSchemaConfig.class);
  }
}
