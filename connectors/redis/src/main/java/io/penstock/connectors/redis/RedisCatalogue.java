package io.penstock.connectors.redis;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** What this module brings. */
public final class RedisCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(RedisSourceConfig.class, RedisSinkConfig.class, RedisLookupConfig.class);
  }
}
