package io.penstock.connectors.protobuf;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class ProtobufCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(ProtobufConfig.class);
  }
}
