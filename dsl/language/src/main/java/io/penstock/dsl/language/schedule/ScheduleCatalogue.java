package io.penstock.dsl.language.schedule;

import io.penstock.api.option.Catalogue;
import java.util.List;

/** The built-in schedules. */
public final class ScheduleCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(AvailableNow.class, Every.class, Cron.class);
  }
}
