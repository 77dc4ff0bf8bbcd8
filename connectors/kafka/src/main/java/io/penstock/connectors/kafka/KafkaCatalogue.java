package io.penstock.connectors.kafka;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class KafkaCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(KafkaSourceConfig.class, KafkaSinkConfig.class);
  }
}
